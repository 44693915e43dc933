// Test-only: a convolution whose map is averaged in the end, so that no window makes the output.
//
//   y = pool(F * x)
import { inputExplanation } from '../../../src/layers/expert-explanations.ts'
import {
  checkGeometry,
  fanIn,
  geometryOf,
  geometryOptions,
  kernelShape,
} from '../../../src/layers/geometry-options.ts'
import type { Layer } from '../../../src/layers/layer.ts'
import { paddingOf, tuple } from '../../../src/layers/python-literal.ts'
import { staticLayer } from '../../../src/layers/static/layer.ts'
import { kaimingUniform } from '../../../src/random/initialisers.ts'

const options = geometryOptions(0)
const maps = ['batch', 'channel', 'row', 'col'] as const

export const summed: Layer<typeof options, 'input' | 'filtered' | 'mean'> = {
  name: 'summed',
  title: { en: 'Averaged convolution', zh: '取平均的卷积' },
  summary: { en: 'the mean of a convolution', zh: '卷积结果的平均' },
  options,
  steps: {
    input: { title: { en: 'The input', zh: '输入' } },
    filtered: { title: { en: 'Convolve', zh: '做卷积' } },
    mean: { title: { en: 'Average', zh: '求平均' } },
  },
  check: checkGeometry,
  baseline: staticLayer,
  parameters: (config) => [
    { name: 'filters', shape: kernelShape(config), init: kaimingUniform(fanIn(config)) },
  ],
  forward(config, { filters }, x, trace) {
    const filtered = trace.step('filtered', {
      op: 'conv2d',
      from: [x, filters],
      ...geometryOf(config),
      perSample: false,
      part: 'convolution',
      formula: 'f = F * x',
      axes: maps,
    })
    return trace.step('mean', {
      op: 'globalAveragePool',
      from: [filtered],
      part: 'convolution',
      formula: { en: 'y = mean of f over row, col', zh: 'y = f 对行、列的均值' },
      axes: maps,
    })
  },
  torch: (config) => `\
layer = nn.Conv2d(${config.in}, ${config.out}, ${tuple(config.kernelSize)}, ${tuple(config.stride)}, ${paddingOf(config.padding)}, ${tuple(config.dilation)}, ${config.groups}, bias=False)
output = show('mean', show('filtered', layer(x)).mean((2, 3), keepdim=True))
`,
  explain: async () => ({
    input: inputExplanation,
    filtered: {
      torch: 'filtered = layer(x)',
      why: { en: 'The window goes over the input.', zh: '窗口滑过输入。' },
    },
    mean: {
      torch: 'output = filtered.mean((2, 3), keepdim=True)',
      why: { en: 'One number for each channel.', zh: '每个通道一个数。' },
    },
  }),
}
