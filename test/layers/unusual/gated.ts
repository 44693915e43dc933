// Test-only: no convolution at all, no kernels, no geometry, and as many channels out as in.
//
//   y = x · sigmoid(G · pool(x))
import { count } from '../../../src/base/options.ts'
import { inputExplanation, poolExplanation } from '../../../src/layers/expert-explanations.ts'
import type { Layer } from '../../../src/layers/layer.ts'
import { kaimingUniform } from '../../../src/random/initialisers.ts'

const options = { in: count({ help: { en: 'channels', zh: '通道数' }, fallback: 3 }) }
const maps = ['batch', 'channel', 'row', 'col'] as const

export const gated: Layer<typeof options, 'input' | 'means' | 'gate' | 'scaled'> = {
  name: 'gated',
  title: { en: 'Channel gate', zh: '通道门控' },
  summary: { en: 'scales every channel by a gate', zh: '用门控缩放每个通道' },
  options,
  steps: {
    input: { title: { en: 'The input', zh: '输入' } },
    means: { title: { en: 'Average every channel', zh: '逐通道求平均' } },
    gate: { title: { en: 'A gate for each channel', zh: '每个通道一个门' } },
    scaled: { title: { en: 'Scale the channels', zh: '缩放通道' } },
  },
  check() {},
  parameters: ({ in: C }) => [{ name: 'gate.matrix', shape: [C, C], init: kaimingUniform(C) }],
  forward(_, parameters, x, trace) {
    const means = trace.step('means', {
      op: 'globalAveragePool',
      from: [x],
      part: 'attention',
      formula: { en: 'm = mean of x over row, col', zh: 'm = x 对行、列的均值' },
      axes: maps,
    })
    const gate = trace.step('gate', {
      op: 'linearSigmoid',
      from: [means, parameters['gate.matrix']],
      temperature: 1,
      part: 'attention',
      formula: 'g = sigmoid(G · m)',
      axes: maps,
      view: [...means.shape],
      kind: 'weights',
    })
    return trace.step('scaled', {
      op: 'multiply',
      from: [x, gate],
      part: 'scaling',
      formula: 'y = g · x',
      axes: maps,
    })
  },
  torch: ({ in: C }) => `\
layer = nn.Linear(${C}, ${C}, bias=False)
means = show('means', x.mean((2, 3), keepdim=True))
gate = show('gate', torch.sigmoid(layer(means.flatten(1))).view(-1, ${C}, 1, 1))
output = show('scaled', x * gate)
`,
  explain: async () => ({
    input: inputExplanation,
    means: poolExplanation,
    gate: {
      torch: 'gate = torch.sigmoid(layer(means.flatten(1)))',
      why: { en: 'One number for each channel.', zh: '每个通道一个数。' },
    },
    scaled: { torch: 'output = x * gate', why: { en: 'Channel by channel.', zh: '逐通道相乘。' } },
  }),
}
