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
import { kernelsOption, temperatureOption } from '../experts.ts'
import {
  checkGeometry,
  convolutionWork,
  geometryOf,
  geometryOptions,
  kernelShape,
  outputShape,
} from '../geometry.ts'
import type { Layer } from '../layer.ts'
import { type ConfigOf, count } from '../options.ts'
import { staticLayer } from '../static/layer.ts'
import { attend, attentionCost, attentionParameters, headsOf, widthOf } from './attention.ts'
import { steps, summary, title } from './text.ts'
import { torch } from './torch.ts'

const options = {
  ...geometryOptions(1),
  ...kernelsOption,
  reduction: count({
    help: {
      en: 'the attention is input channels / n wide, and 16 at least',
      zh: '注意力分支的宽度：输入通道数 / n，但不少于 16',
    },
    fallback: 16,
    brief: (reduction) =>
      reduction === 16 ? undefined : { en: `reduction ${reduction}`, zh: `压缩比 ${reduction}` },
  }),
  ...temperatureOption({ en: 'temperature of every attention', zh: '四种注意力共用的温度' }),
}

export type ODConvConfig = ConfigOf<typeof options>

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

  shapes(config, inputShape) {
    const [B, C] = inputShape as [number, number]
    const { out: O, kernels: K } = config
    const trunk = [B, widthOf(config), 1, 1]
    const kernel = kernelShape(config)
    const output = outputShape(config, inputShape)
    return {
      input: inputShape,
      pool: [B, C, 1, 1],
      fc: trunk,
      norm: trunk,
      relu: trunk,
      ...Object.fromEntries(
        headsOf(config).map(({ name, shape }) => [`${name}-attention`, [B, ...shape]]),
      ),
      'scaled-input': inputShape,
      experts: [K, ...kernel],
      'aggregate-weight': [B * O, ...kernel.slice(1)],
      convolved: output,
      output,
    }
  },

  parameters(config) {
    const { out: O, kernels: K, kernelSize } = config
    const weight = { name: 'weight', shape: [K, ...kernelShape(config)] }
    return [
      ...attentionParameters(config),
      { ...weight, init: standardNormal }, // thrown away, as the authors' program does
      { ...weight, init: perSlice(kaimingNormal(O * sizeOf(kernelSize))) },
    ]
  },

  cost(config, inputShape) {
    const experts = config.kernels * sizeOf(kernelShape(config))
    const heads = new Set(headsOf(config).map(({ name }) => name))
    const mixing = [heads.has('kernel'), heads.has('spatial')].filter(Boolean).length
    const input = sizeOf(inputShape.slice(1))
    const output = sizeOf(outputShape(config, inputShape).slice(1))
    return [
      { id: 'convolution', parameters: 0, multiplyAdds: convolutionWork(config, inputShape) },
      attentionCost(config, inputShape),
      { id: 'aggregation', parameters: experts, multiplyAdds: mixing * experts },
      { id: 'scaling', parameters: 0, multiplyAdds: input + (heads.has('filter') ? output : 0) },
    ]
  },

  forward(config, parameters, x, trace) {
    const [B] = x.shape as [number]
    const { out: O, kernels: K } = config
    const kernel = kernelShape(config)
    const { channel, filter, spatial, kernel: weights } = attend(config, parameters, x, trace)

    const scaled = trace.step(
      'scaled-input',
      'multiply',
      [x, channel],
      {},
      { formula: 'a_c · x', axes: maps },
    )
    const experts = trace.step(
      'experts',
      'identity',
      [parameters.weight],
      {},
      { formula: 'W0 ... W(K-1)', axes: ['expert', 'out', 'in', 'row', 'col'] },
    )
    const W = trace.step(
      'aggregate-weight',
      'productSum',
      [spatial, weights, experts],
      { shape: [B, K, ...kernel], axis: 1 },
      {
        formula: `W(x) = Σ ${spatial ? 'a_s · ' : ''}${weights ? 'a_w[k] · ' : ''}Wk`,
        axes: ['out', 'in', 'row', 'col'],
        shape: [B * O, ...kernel.slice(1)],
      },
    )
    const convolved = trace.step(
      'convolved',
      'conv2d',
      [scaled, W],
      { ...geometryOf(config), perSample: true },
      { formula: 'W(x) * (a_c · x)', axes: maps },
    )
    return filter
      ? trace.step(
          'output',
          'multiply',
          [convolved, filter],
          {},
          { formula: 'y = a_f · (W(x) * (a_c · x))', axes: maps },
        )
      : trace.step(
          'output',
          'identity',
          [convolved],
          {},
          { formula: 'y = W(x) * (a_c · x)', axes: maps },
        )
  },

  torch,
  explain: async () => (await import('./explain.ts')).explanations,
}
