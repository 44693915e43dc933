// ODConv's attention: a trunk that sees the whole input, and a head for each of the four
// dimensions that a set of kernels has. A head with nothing to choose from is left out.
//
//   s   = relu(BN(F · pool(x)))
//   a_c = sigmoid((Hc · s + bc) / T)   input channels
//   a_f = sigmoid((Hf · s + bf) / T)   filters, the output channels
//   a_s = sigmoid((Hs · s + bs) / T)   positions in the kernel
//   a_w = softmax((Hw · s + bw) / T)   kernels
//
// x (B, C, H, W), s (B, a, 1, 1); T temperature, a width of the trunk.
import { constant, kaimingNormal, kaimingUniform } from '../../random/initialisers.ts'
import { pointwise } from '../../tensor/geometry.ts'
import { type Shape, sizeOf, type Tensor } from '../../tensor/tensor.ts'
import type { Axis, Parameters, Tracer } from '../../trace/trace.ts'
import type { ParameterSpec } from '../layer.ts'
import type { ODConvConfig } from './options.ts'

/** A head: what it weighs, and the shape behind the batch axis that its weights are viewed as. */
export interface AttentionHead {
  readonly name: 'channel' | 'filter' | 'spatial' | 'kernel'
  /** how many weights it gives */
  readonly size: number
  readonly shape: Shape
  readonly axes: readonly Axis[]
  readonly formula: string
}

const maps = ['batch', 'channel', 'row', 'col'] as const
const kernels = ['batch', 'expert', 'out', 'in', 'row', 'col'] as const

/** The heads that this configuration has, in the order of their creation. */
export function headsOf(config: ODConvConfig): readonly AttentionHead[] {
  const { in: C, out: O, groups, kernels: K, kernelSize } = config
  const depthwise = C === groups && O === groups
  const positions = sizeOf(kernelSize)
  const heads: AttentionHead[] = [
    {
      name: 'channel',
      size: C,
      shape: [C, 1, 1],
      axes: maps,
      formula: 'a_c = sigmoid((Hc · s + bc) / T)',
    },
  ]
  if (!depthwise)
    heads.push({
      name: 'filter',
      size: O,
      shape: [O, 1, 1],
      axes: ['batch', 'out', 'row', 'col'],
      formula: 'a_f = sigmoid((Hf · s + bf) / T)',
    })
  if (positions > 1)
    heads.push({
      name: 'spatial',
      size: positions,
      shape: [1, 1, 1, ...kernelSize],
      axes: kernels,
      formula: 'a_s = sigmoid((Hs · s + bs) / T)',
    })
  if (K > 1)
    heads.push({
      name: 'kernel',
      size: K,
      shape: [K, 1, 1, 1, 1],
      axes: kernels,
      formula: 'a_w = softmax((Hw · s + bw) / T)',
    })
  return heads
}

/** The trunk is never narrower, however few the input channels. */
export const NARROWEST = 16

/** a: the input channels divided by the reduction, and 16 at least. */
export function reducedWidth({ in: C, reduction }: ODConvConfig): number {
  return Math.max(Math.floor(C / reduction), NARROWEST)
}

/**
 * PyTorch draws the convolutions as it makes them, and the authors draw their weights anew, so
 * that the first draws are thrown away.
 */
export function attentionParameters(config: ODConvConfig): ParameterSpec[] {
  const { in: C } = config
  const a = reducedWidth(config)
  const trunk = { name: 'attention.fc.weight', shape: [a, C, 1, 1] }
  const heads = headsOf(config).map(({ name, size }) => ({
    weight: { name: `attention.${name}_fc.weight`, shape: [size, a, 1, 1] },
    bias: { name: `attention.${name}_fc.bias`, shape: [size] },
  }))
  return [
    { ...trunk, init: kaimingUniform(C) },
    ...batchNorm('attention.bn', a),
    ...heads.flatMap(({ weight, bias }) => [
      { ...weight, init: kaimingUniform(a) },
      { ...bias, init: kaimingUniform(a) },
    ]),
    { ...trunk, init: kaimingNormal(a) },
    ...heads.flatMap(({ weight, bias }) => [
      { ...weight, init: kaimingNormal(weight.shape[0] as number) },
      { ...bias, init: constant(0) },
    ]),
  ]
}

/** A new nn.BatchNorm2d over so many channels. */
function batchNorm(name: string, channels: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [channels], init: constant(1) },
    { name: `${name}.bias`, shape: [channels], init: constant(0) },
    { name: `${name}.running_mean`, shape: [channels], init: constant(0), buffer: true },
    { name: `${name}.running_var`, shape: [channels], init: constant(1), buffer: true },
    // a state_dict of PyTorch before 0.4.1 has none
    {
      name: `${name}.num_batches_tracked`,
      shape: [],
      init: constant(0),
      buffer: true,
      optional: true,
    },
  ]
}

/** The weights of every head that there is, for every sample. */
export function attend(
  config: ODConvConfig,
  parameters: Parameters,
  x: Tensor,
  trace: Tracer<'pool' | 'fc' | 'norm' | 'relu' | `${AttentionHead['name']}-attention`>,
): Readonly<Partial<Record<AttentionHead['name'], Tensor>>> {
  const [B] = x.shape as [number]
  const { temperature } = config
  const of = (name: string) => parameters[`attention.${name}`]

  const pool = trace.step('pool', {
    op: 'globalAveragePool',
    from: [x],
    part: 'attention',
    formula: { en: 'pool = mean of x over row, col', zh: 'pool = x 对行、列的均值' },
    axes: maps,
  })
  const fc = trace.step('fc', {
    op: 'conv2d',
    from: [pool, of('fc.weight')],
    ...pointwise,
    perSample: false,
    part: 'attention',
    formula: 'fc = F · pool',
    axes: maps,
  })
  const norm = trace.step('norm', {
    op: 'batchNorm',
    from: [fc, of('bn.weight'), of('bn.bias'), of('bn.running_mean'), of('bn.running_var')],
    eps: 1e-5,
    part: 'attention',
    formula: {
      en: 'norm = (fc - mean) / sqrt(var + eps) · weight + bias',
      zh: 'norm = (fc - 均值) / sqrt(方差 + ε) · 权重 + 偏置',
    },
    axes: maps,
  })
  const s = trace.step('relu', {
    op: 'relu',
    from: [norm],
    part: 'attention',
    formula: 's = max(0, norm)',
    axes: maps,
  })

  return Object.fromEntries(
    headsOf(config).map(({ name, shape, axes, formula }) => {
      const common = {
        from: [s, of(`${name}_fc.weight`), of(`${name}_fc.bias`)],
        temperature,
        part: 'attention',
        formula,
        axes,
        view: [B, ...shape],
        kind: 'weights',
      } as const
      const id = `${name}-attention` as const
      const weights =
        name === 'kernel'
          ? trace.step(id, { op: 'linearSoftmax', axis: 1, ...common })
          : trace.step(id, { op: 'linearSigmoid', ...common })
      return [name, weights]
    }),
  )
}
