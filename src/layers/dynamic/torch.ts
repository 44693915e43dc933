import { fanIn, kernelShape } from '../geometry-options.ts'
import { paddingOf, tuple } from '../python-literal.ts'
import type { DynamicConfig } from './options.ts'

/** The article's layer, with its view mended, its experts initialised, and a temperature. */
export function torch(config: DynamicConfig): string {
  const { in: C, out: O, kernels: K, hidden: h, temperature: T, bias } = config
  const kernel = kernelShape(config)
  return `\
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Conv2d(${C}, ${h}, 1)
        self.fc2 = nn.Conv2d(${h}, ${K}, 1)

    def forward(self, x):
        pool = show('pool', F.adaptive_avg_pool2d(x, 1))
        relu = show('relu', F.relu(show('fc1', self.fc1(pool))))
        fc2 = show('fc2', self.fc2(relu).flatten(1))
        return show('attention', F.softmax(fc2 / ${T}, 1))


class DynamicConv2d(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        # every expert starts as an ordinary nn.Conv2d would
        self.weight = nn.Parameter(torch.empty${tuple([K, ...kernel])})
        for k in range(${K}):
            nn.init.kaiming_uniform_(self.weight[k], a=5 ** 0.5)
${
  bias
    ? `\
        self.bias = nn.Parameter(torch.empty(${K}, ${O}))
        nn.init.uniform_(self.bias, -(${fanIn(config)} ** -0.5), ${fanIn(config)} ** -0.5)
`
    : ''
}
    def forward(self, x):
        batch, _, height, width = x.shape
        attention = self.attention(x)
        experts = show('experts', self.weight.view(${K}, -1))
        # one set of ${O} kernels a sample: the article's view(${O}, ...) is right only for batch 1
        weight = show('aggregate-weight', (attention @ experts).view(batch * ${O}, ${kernel.slice(1).join(', ')}))
${bias ? "        bias = show('aggregate-bias', (attention @ self.bias).view(-1))\n" : ''}\
        # the batch becomes groups of one image, so that each sample meets its own kernels
        output = F.conv2d(x.view(1, -1, height, width), weight, ${bias ? 'bias' : 'None'}, stride=${tuple(config.stride)},
                          padding=${paddingOf(config.padding)}, dilation=${tuple(config.dilation)}, groups=${config.groups} * batch)
        return output.view(batch, ${O}, output.size(-2), output.size(-1))


layer = DynamicConv2d()
output = show('output', layer(x))
`
}
