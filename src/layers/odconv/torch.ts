import { kernelShape } from '../geometry-options.ts'
import { paddingOf, tuple } from '../python-literal.ts'
import { type AttentionHead, headsOf, reducedWidth } from './attention.ts'
import type { ODConvConfig } from './options.ts'

/** The authors' layer, with those heads alone that this configuration has. */
export function torch(config: ODConvConfig): string {
  const { in: C, out: O, kernels: K } = config
  const a = reducedWidth(config)
  const heads = headsOf(config)
  const kernel = kernelShape(config)
  const names = heads.map(({ name }) => name)
  const mixed = names.filter((name) => name === 'spatial' || name === 'kernel')
  return `\
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Conv2d(${C}, ${a}, 1, bias=False)
        self.bn = nn.BatchNorm2d(${a})
${lines(heads, ({ name, size }) => `        self.${name}_fc = nn.Conv2d(${a}, ${size}, 1)`)}
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode='fan_out', nonlinearity='relu')
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, x):
        pool = show('pool', F.adaptive_avg_pool2d(x, 1))
        relu = show('relu', F.relu(show('norm', self.bn(show('fc', self.fc(pool))))))
${lines(heads, (head) => attentionLine(head, config.temperature))}
        return ${names.join(', ')}


class ODConv2d(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.weight = nn.Parameter(torch.randn${tuple([K, ...kernel])})
        for k in range(${K}):
            nn.init.kaiming_normal_(self.weight[k], mode='fan_out', nonlinearity='relu')

    def forward(self, x):
        batch, _, height, width = x.shape
        ${names.join(', ')} = self.attention(x)
        x = show('scaled-input', x * channel)
        experts = show('experts', self.weight)
        # one set of ${O} kernels a sample
        weight = ${mixed.length > 0 ? `(${[...mixed, 'experts'].join(' * ')}).sum(1)` : 'experts.repeat(batch, 1, 1, 1, 1)'}
        weight = show('aggregate-weight', weight.view(batch * ${O}, ${kernel.slice(1).join(', ')}))
        # the batch becomes groups of one image, so that each sample meets its own kernels
        y = F.conv2d(x.view(1, -1, height, width), weight, stride=${tuple(config.stride)},
                     padding=${paddingOf(config.padding)}, dilation=${tuple(config.dilation)}, groups=${config.groups} * batch)
        y = show('convolved', y.view(batch, ${O}, y.size(-2), y.size(-1)))
        return ${names.includes('filter') ? 'y * filter' : 'y'}


layer = ODConv2d().eval()
output = show('output', layer(x))
`
}

function attentionLine(head: AttentionHead, T: number): string {
  const { name } = head
  return `        ${name} = show('${name}-attention', ${attentionCode(head, T)})`
}

/** The expression for a head's weights. */
export function attentionCode({ name, shape }: AttentionHead, T: number): string {
  const logits = `self.${name}_fc(relu)`
  const scaled = T === 1 ? logits : `${logits} / ${T}`
  const weights = name === 'kernel' ? `F.softmax(${scaled}, 1)` : `torch.sigmoid(${scaled})`
  return `${weights}.view(-1, ${shape.join(', ')})`
}

function lines(heads: readonly AttentionHead[], write: (head: AttentionHead) => string): string {
  return heads.map(write).join('\n')
}
