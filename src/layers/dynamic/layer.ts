// Dynamic convolution: K kernels, mixed for every sample by an attention that sees the input.
//
//   π(x) = softmax(fc2(relu(fc1(pool(x)))) / T)
//   W(x) = Σ πk(x) · Wk     b(x) = Σ πk(x) · bk
//   y    = W(x) * x + b(x)
//
// K experts ("kernels"), counted from 0, h hidden width, T temperature; fc1 and fc2 linear layers from
// C to h and from h to K; x (B, C, H, W), π (B, K), Wk (O, C/g, kh, kw), bk (O), y (B, O, H', W').
// Chen et al., Dynamic Convolution: Attention over Convolution Kernels, CVPR 2020.
import { kaimingUniform } from '../../random/initialisers.ts'
import { pointwise } from '../../tensor/geometry.ts'
import { convolveWithExperts, expertParameters } from '../experts.ts'
import { checkGeometry } from '../geometry-options.ts'
import type { Layer } from '../layer.ts'
import { staticLayer } from '../static/layer.ts'
import { article } from './article.ts'
import { networkUse } from './count.ts'
import { options } from './options.ts'
import { steps, summary, title } from './text.ts'
import { torch } from './torch.ts'

const maps = ['batch', 'channel', 'row', 'col'] as const

export const dynamicLayer: Layer<typeof options, keyof typeof steps> = {
  name: 'dynamic',
  title,
  summary,
  paper: 'arXiv 1912.03458',
  options,
  steps,
  check: checkGeometry,
  baseline: staticLayer,

  parameters(config) {
    const { in: C, kernels: K, hidden: h } = config
    return [
      { name: 'attention.fc1.weight', shape: [h, C, 1, 1], init: kaimingUniform(C) },
      { name: 'attention.fc1.bias', shape: [h], init: kaimingUniform(C) },
      { name: 'attention.fc2.weight', shape: [K, h, 1, 1], init: kaimingUniform(h) },
      { name: 'attention.fc2.bias', shape: [K], init: kaimingUniform(h) },
      ...expertParameters(config),
    ]
  },

  forward(config, parameters, x, trace) {
    const [B] = x.shape as [number]
    const { kernels: K, temperature } = config
    const linear = { ...pointwise, perSample: false }

    const pool = trace.step('pool', {
      op: 'globalAveragePool',
      from: [x],
      part: 'attention',
      formula: { en: 'pool = mean of x over row, col', zh: 'pool = x 对行、列的均值' },
      axes: maps,
    })
    const of = (name: string) => parameters[`attention.${name}`]
    const fc1 = trace.step('fc1', {
      op: 'conv2d',
      from: [pool, of('fc1.weight'), of('fc1.bias')],
      ...linear,
      part: 'attention',
      formula: 'fc1 = fc1.weight · pool + fc1.bias',
      axes: maps,
    })
    const relu = trace.step('relu', {
      op: 'relu',
      from: [fc1],
      part: 'attention',
      formula: 'relu = max(0, fc1)',
      axes: maps,
    })
    const fc2 = trace.step('fc2', {
      op: 'conv2d',
      from: [relu, of('fc2.weight'), of('fc2.bias')],
      ...linear,
      part: 'attention',
      formula: 'fc2 = fc2.weight · relu + fc2.bias',
      axes: ['batch', 'expert'],
      view: [B, K],
    })
    const attention = trace.step('attention', {
      op: 'softmax',
      from: [fc2],
      axis: 1,
      temperature,
      part: 'attention',
      formula: 'π = softmax(fc2 / T)',
      axes: ['batch', 'expert'],
      kind: 'weights',
    })
    return convolveWithExperts(config, parameters, x, attention, trace)
  },

  torch,
  count: networkUse,
  explain: async () => (await import('./explain.ts')).explanations,
  article,
}
