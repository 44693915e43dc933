// CondConv: K kernels, each with a weight of its own for every sample, from one linear layer.
//
//   π(x) = sigmoid(R · pool(x) + r)
//   W(x) = Σ πk(x) · Wk     b(x) = Σ πk(x) · bk
//   y    = W(x) * x + b(x)
//
// K experts, counted from 0; x (B, C, H, W), R (K, C), π (B, K) each in 0..1, Wk (O, C/g, kh, kw), bk (O),
// y (B, O, H', W').
// Yang et al., CondConv: Conditionally Parameterized Convolutions, NeurIPS 2019. In the authors'
// networks three convolutions share one routing; as a layer by itself it owns its routing.
import { kaimingUniform } from '../../random/initialisers.ts'
import { convolveWithExperts, expertParameters } from '../experts.ts'
import { checkGeometry } from '../geometry-options.ts'
import type { Layer } from '../layer.ts'
import { staticLayer } from '../static/layer.ts'
import { networkUse } from './count.ts'
import { options } from './options.ts'
import { steps, summary, title } from './text.ts'
import { torch } from './torch.ts'

export const condconvLayer: Layer<typeof options, keyof typeof steps> = {
  name: 'condconv',
  title,
  summary,
  paper: 'arXiv 1904.04971',
  options,
  steps,
  check: checkGeometry,
  baseline: staticLayer,

  parameters(config) {
    const { in: C, kernels: K } = config
    return [
      { name: 'routing.weight', shape: [K, C], init: kaimingUniform(C) },
      { name: 'routing.bias', shape: [K], init: kaimingUniform(C) },
      ...expertParameters(config),
    ]
  },

  forward(config, parameters, x, trace) {
    const pool = trace.step('pool', {
      op: 'globalAveragePool',
      from: [x],
      part: 'attention',
      formula: { en: 'pool = mean of x over row, col', zh: 'pool = x 对行、列的均值' },
      axes: ['batch', 'channel', 'row', 'col'],
    })
    const { 'routing.weight': R, 'routing.bias': r } = parameters
    const logits = trace.step('logits', {
      op: 'linear',
      from: [pool, R, r],
      part: 'attention',
      formula: 'logits = R · pool + r',
      axes: ['batch', 'expert'],
    })
    const routing = trace.step('routing', {
      op: 'sigmoid',
      from: [logits],
      temperature: 1,
      part: 'attention',
      formula: 'π = sigmoid(logits)',
      axes: ['batch', 'expert'],
      kind: 'weights',
    })
    return convolveWithExperts(config, parameters, x, routing, trace)
  },

  torch,
  count: networkUse,
  explain: async () => (await import('./explain.ts')).explanations,
}
