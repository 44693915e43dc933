// Test-only: a convolution followed by ReLU. It ends in something else than a convolution, and its
// parameters are not called weight and bias.
//
//   y = max(0, F * x + o)
import type { ConfigOf } from '../../../src/base/options.ts'
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

const options = geometryOptions(1)
const maps = ['batch', 'channel', 'row', 'col'] as const

export const rectified: Layer<typeof options, 'input' | 'filtered' | 'output'> = {
  name: 'rectified',
  title: { en: 'Rectified convolution', zh: '带 ReLU 的卷积' },
  summary: { en: 'a convolution and its ReLU', zh: '卷积加 ReLU' },
  options,
  steps: {
    input: { title: { en: 'The input', zh: '输入' } },
    filtered: { title: { en: 'Convolve', zh: '做卷积' } },
    output: { title: { en: 'Keep what is positive', zh: '只留正值' } },
  },
  check: checkGeometry,
  baseline: staticLayer,
  parameters(config) {
    const init = kaimingUniform(fanIn(config))
    return [
      { name: 'filters', shape: kernelShape(config), init },
      { name: 'offset', shape: [config.out], init },
    ]
  },
  forward(config, { filters, offset }, x, trace) {
    const filtered = trace.step('filtered', {
      op: 'conv2d',
      from: [x, filters, offset],
      ...geometryOf(config),
      perSample: false,
      part: 'convolution',
      formula: 'f = F * x + o',
      axes: maps,
    })
    return trace.step('output', {
      op: 'relu',
      from: [filtered],
      part: 'convolution',
      formula: 'y = max(0, f)',
      axes: maps,
    })
  },
  torch: (config: ConfigOf<typeof options>) => `\
layer = nn.Conv2d(${config.in}, ${config.out}, ${tuple(config.kernelSize)}, ${tuple(config.stride)}, ${paddingOf(config.padding)}, ${tuple(config.dilation)}, ${config.groups})
output = show('output', F.relu(show('filtered', layer(x))))
`,
  explain: async () => ({
    input: inputExplanation,
    filtered: {
      torch: 'filtered = layer(x)',
      why: { en: 'The window goes over the input.', zh: '窗口滑过输入。' },
    },
    output: {
      torch: 'output = F.relu(filtered)',
      why: { en: 'Negative values become 0.', zh: '负数变成 0。' },
    },
  }),
}
