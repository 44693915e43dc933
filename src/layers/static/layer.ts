// Ordinary convolution: one kernel for every input.
//
//   y = W * x + b
//
// W (O, C/g, kh, kw) kernels, b (O) biases, x (B, C, H, W), y (B, O, H', W').
import { kaimingUniform } from '../../random/initialisers.ts'
import { checkGeometry, fanIn, geometryOf, kernelShape } from '../geometry-options.ts'
import type { Layer } from '../layer.ts'
import { options } from './options.ts'
import { steps, summary, title } from './text.ts'
import { torch } from './torch.ts'

export const staticLayer: Layer<typeof options, keyof typeof steps> = {
  name: 'static',
  title,
  summary,
  options,
  steps,
  check: checkGeometry,

  parameters(config) {
    const init = kaimingUniform(fanIn(config))
    const weight = { name: 'weight', shape: kernelShape(config), init }
    return config.bias ? [weight, { name: 'bias', shape: [config.out], init }] : [weight]
  },

  forward(config, { weight, bias }, x, trace) {
    const w = trace.step('weight', {
      op: 'identity',
      from: [weight],
      part: 'convolution',
      formula: 'W',
      axes: ['out', 'in', 'row', 'col'],
    })
    const b =
      bias &&
      trace.step('bias', {
        op: 'identity',
        from: [bias],
        part: 'convolution',
        formula: 'b',
        axes: ['out'],
      })
    return trace.step('output', {
      op: 'conv2d',
      from: [x, w, b],
      ...geometryOf(config),
      perSample: false,
      part: 'convolution',
      formula: b ? 'y = W * x + b' : 'y = W * x',
      axes: ['batch', 'channel', 'row', 'col'],
    })
  },

  torch,
  explain: async () => (await import('./explain.ts')).explanations,
  article: ({ steps }) => ({
    lines: [`torch.Size([${steps.at(-1)?.shape.join(', ')}])`],
  }),
}
