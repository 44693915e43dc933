import { fanIn, kernelShape } from '../geometry-options.ts'
import { paddingOf, tuple } from '../python-literal.ts'
import type { CondConvConfig } from './options.ts'

/** The layer by itself, with its own routing; experts start as ordinary convolutions do. */
export function torch(config: CondConvConfig): string {
  const { in: C, out: O, kernels: K, bias } = config
  const kernel = kernelShape(config)
  return `\
class CondConv2d(nn.Module):
    def __init__(self):
        super().__init__()
        self.routing = nn.Linear(${C}, ${K})
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
        pool = show('pool', F.adaptive_avg_pool2d(x, 1))
        logits = show('logits', self.routing(pool.flatten(1)))
        routing = show('routing', torch.sigmoid(logits))
        experts = show('experts', self.weight.view(${K}, -1))
        weight = show('aggregate-weight', (routing @ experts).view(batch * ${O}, ${kernel.slice(1).join(', ')}))
${bias ? "        bias = show('aggregate-bias', (routing @ self.bias).view(-1))\n" : ''}\
        # the batch becomes groups of one image, so that each sample meets its own kernels
        output = F.conv2d(x.view(1, -1, height, width), weight, ${bias ? 'bias' : 'None'}, stride=${tuple(config.stride)},
                          padding=${paddingOf(config.padding)}, dilation=${tuple(config.dilation)}, groups=${config.groups} * batch)
        return output.view(batch, ${O}, output.size(-2), output.size(-1))


layer = CondConv2d()
output = show('output', layer(x))
`
}
