// ODConv: attention along all four dimensions of the kernels, not along their number alone.
//
//   a_c, a_f, a_s, a_w = attention(x)                 see attention.ts
//   W(x) = Σ a_s · a_w[k] · Wk
//   y    = a_f · (W(x) * (a_c · x))
//
// x (B, C, H, W), Wk (O, C/g, kh, kw), y (B, O, H', W'); no bias. a_c and a_f scale the feature
// maps, which gives the same as scaling the kernels, with no copy of them for every sample.
// Li et al., Omni-Dimensional Dynamic Convolution, ICLR 2022; the names and the random draws are
// those of the authors' program (OSVAI/ODConv), at inference.
import { kaimingNormal, perSlice, standardNormal } from '../../random/initialisers.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import { checkGeometry, geometryOf, kernelShape } from '../geometry-options.ts'
import type { Layer } from '../layer.ts'
import { staticLayer } from '../static/layer.ts'
import { attend, attentionParameters } from './attention.ts'
import { networkUse } from './count.ts'
import { options } from './options.ts'
import { steps, summary, title } from './text.ts'
import { torch } from './torch.ts'

const maps = ['batch', 'channel', 'row', 'col'] as const

export const odconvLayer: Layer<typeof options, keyof typeof steps> = {
  name: 'odconv',
  title,
  summary,
  paper: 'arXiv 2209.07947',
  options,
  steps,
  check: checkGeometry,
  baseline: staticLayer,

  parameters(config) {
    const { out: O, kernels: K, kernelSize } = config
    const weight = { name: 'weight', shape: [K, ...kernelShape(config)] }
    return [
      ...attentionParameters(config),
      { ...weight, init: standardNormal }, // thrown away, as the authors' program does
      { ...weight, init: perSlice(kaimingNormal(O * sizeOf(kernelSize))) },
    ]
  },

  forward(config, parameters, x, trace) {
    const [B] = x.shape as [number]
    const { out: O, kernels: K } = config
    const kernel = kernelShape(config)
    const { channel, filter, spatial, kernel: weights } = attend(config, parameters, x, trace)

    const scaled = trace.step('scaled-input', {
      op: 'multiply',
      from: [x, channel],
      part: 'scaling',
      formula: 'a_c · x',
      axes: maps,
    })
    const experts = trace.step('experts', {
      op: 'identity',
      from: [parameters.weight],
      part: 'aggregation',
      formula: 'W0 ... W(K-1)',
      axes: ['expert', 'out', 'in', 'row', 'col'],
    })
    const W = trace.step('aggregate-weight', {
      op: 'productSum',
      from: [spatial, weights, experts],
      shape: [B, K, ...kernel],
      axis: 1,
      part: 'aggregation',
      formula: `W(x) = Σ ${spatial ? 'a_s · ' : ''}${weights ? 'a_w[k] · ' : ''}Wk`,
      axes: ['out', 'in', 'row', 'col'],
      view: [B * O, ...kernel.slice(1)],
    })
    const convolved = trace.step('convolved', {
      op: 'conv2d',
      from: [scaled, W],
      ...geometryOf(config),
      perSample: true,
      part: 'convolution',
      formula: 'W(x) * (a_c · x)',
      axes: maps,
    })
    return filter
      ? trace.step('output', {
          op: 'multiply',
          from: [convolved, filter],
          part: 'scaling',
          formula: 'y = a_f · (W(x) * (a_c · x))',
          axes: maps,
        })
      : trace.step('output', {
          op: 'identity',
          from: [convolved],
          part: 'scaling',
          formula: 'y = W(x) * (a_c · x)',
          axes: maps,
        })
  },

  torch,
  count: networkUse,
  explain: async () => (await import('./explain.ts')).explanations,
}
