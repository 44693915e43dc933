// What dynamic and condconv share: K experts, each a convolution of its own, mixed into one for
// every sample by the weights π that the sample got.
//
//   W(x) = Σ πk(x) · Wk     b(x) = Σ πk(x) · bk
//   y    = W(x) * x + b(x)
//
// π (B, K), Wk (O, C/g, kh, kw), bk (O), x (B, C, H, W), y (B, O, H', W').
import { kaimingUniform } from '../random/initialisers.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import type { Text } from '../text.ts'
import type { Tracer } from '../trace/trace.ts'
import {
  convolutionWork,
  fanIn,
  type GeometryConfig,
  geometryOf,
  kernelShape,
  outputShape,
} from './geometry.ts'
import type { CostLine, ParameterSpec, Parameters } from './layer.ts'
import { count, positive } from './options.ts'

export const kernelsOption = {
  kernels: count({
    short: 'K',
    help: { en: 'kernels to mix (experts)', zh: '参与聚合的卷积核个数（专家数）' },
    fallback: 4,
    brief: (kernels) => ({ en: `K = ${kernels}`, zh: `K = ${kernels}` }),
  }),
}

/** What the scores are divided by before they become weights. */
export const temperatureOption = (help: Text) => ({
  temperature: positive({
    short: 'T',
    help,
    fallback: 1,
    brief: (temperature) =>
      temperature === 1 ? undefined : { en: `T = ${temperature}`, zh: `T = ${temperature}` },
  }),
})

type ExpertConfig = GeometryConfig & { readonly bias: boolean; readonly kernels: number }

/** The shapes of the steps that `convolveWithExperts` leaves. */
export function expertShapes(config: ExpertConfig, inputShape: Shape) {
  const [B] = inputShape as [number]
  const { out: O, kernels: K } = config
  const kernel = kernelShape(config)
  return {
    experts: [K, sizeOf(kernel)],
    'aggregate-weight': [B * O, ...kernel.slice(1)],
    ...(config.bias && { 'aggregate-bias': [B * O] }),
    output: outputShape(config, inputShape),
  }
}

/** Every expert starts as an ordinary nn.Conv2d does: all the weights, then all the biases. */
export function expertParameters(config: ExpertConfig): ParameterSpec[] {
  const { out: O, kernels: K } = config
  const init = kaimingUniform(fanIn(config))
  return [
    { name: 'weight', shape: [K, ...kernelShape(config)], init },
    ...(config.bias ? [{ name: 'bias', shape: [K, O], init }] : []),
  ]
}

/** The convolution and the mixing of its kernels; what makes the weights comes on top. */
export function expertCost(config: ExpertConfig, inputShape: Shape) {
  const size = config.kernels * (sizeOf(kernelShape(config)) + (config.bias ? config.out : 0))
  return {
    convolution: {
      id: 'convolution',
      parameters: 0,
      multiplyAdds: convolutionWork(config, inputShape),
    },
    aggregation: { id: 'aggregation', parameters: size, multiplyAdds: size },
  } as const satisfies Record<string, CostLine>
}

/**
 * Mixes the experts and convolves every sample with the mixture of its own.
 * @param weights π, (B, K)
 * @returns (B, O, H', W')
 */
export function convolveWithExperts(
  config: ExpertConfig,
  parameters: Parameters,
  x: Tensor,
  weights: Tensor,
  trace: Tracer<'experts' | 'aggregate-weight' | 'aggregate-bias' | 'output'>,
): Tensor {
  const [B] = x.shape as [number]
  const { out: O, kernels: K } = config
  const kernel = kernelShape(config)

  const experts = trace.step(
    'experts',
    'identity',
    [parameters.weight],
    {},
    {
      formula: { en: 'W0 ... W(K-1), one a row', zh: 'W0 ... W(K-1)，每行一个' },
      axes: ['expert', 'value'],
      shape: [K, sizeOf(kernel)],
    },
  )
  const W = trace.step(
    'aggregate-weight',
    'matmul',
    [weights, experts],
    {},
    {
      formula: 'W(x) = Σ πk(x) · Wk',
      axes: ['out', 'in', 'row', 'col'],
      shape: [B * O, ...kernel.slice(1)],
    },
  )
  const b =
    parameters.bias &&
    trace.step(
      'aggregate-bias',
      'matmul',
      [weights, parameters.bias],
      {},
      {
        formula: 'b(x) = Σ πk(x) · bk',
        axes: ['out'],
        shape: [B * O],
      },
    )
  return trace.step(
    'output',
    'conv2d',
    [x, W, b],
    { ...geometryOf(config), perSample: true },
    {
      formula: b ? 'y = W(x) * x + b(x)' : 'y = W(x) * x',
      axes: ['batch', 'channel', 'row', 'col'],
    },
  )
}
