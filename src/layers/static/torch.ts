import { bool, paddingOf, tuple } from '../python-literal.ts'
import type { StaticConfig } from './options.ts'

/** The layer is PyTorch's own. */
export function torch(config: StaticConfig): string {
  return `\
layer = nn.Conv2d(${config.in}, ${config.out}, kernel_size=${tuple(config.kernelSize)}, stride=${tuple(config.stride)},
                  padding=${paddingOf(config.padding)}, dilation=${tuple(config.dilation)},
                  groups=${config.groups}, bias=${bool(config.bias)})
show('weight', layer.weight)
${config.bias ? "show('bias', layer.bias)\n" : ''}output = show('output', layer(x))
`
}
