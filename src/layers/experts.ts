// What dynamic and condconv share: K experts, each a convolution of its own, mixed into one for
// every sample by the weights π that the sample got.
//
//   W(x) = Σ πk(x) · Wk     b(x) = Σ πk(x) · bk
//   y    = W(x) * x + b(x)
//
// π (B, K), Wk (O, C/g, kh, kw), bk (O), x (B, C, H, W), y (B, O, H', W').
import { count, positive } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import { kaimingUniform } from '../random/initialisers.ts'
import { sizeOf, type Tensor } from '../tensor/tensor.ts'
import type { Parameters, Tracer } from '../trace/trace.ts'
import { fanIn, type GeometryConfig, geometryOf, kernelShape } from './geometry-options.ts'
import type { ParameterSpec } from './layer.ts'

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

/** Every expert starts as an ordinary nn.Conv2d does: all the weights, then all the biases. */
export function expertParameters(config: ExpertConfig): ParameterSpec[] {
  const { out: O, kernels: K } = config
  const init = kaimingUniform(fanIn(config))
  return [
    { name: 'weight', shape: [K, ...kernelShape(config)], init },
    ...(config.bias ? [{ name: 'bias', shape: [K, O], init }] : []),
  ]
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

  const experts = trace.step('experts', {
    op: 'identity',
    from: [parameters.weight],
    part: 'aggregation',
    formula: { en: 'W0 ... W(K-1), one a row', zh: 'W0 ... W(K-1)，每行一个' },
    axes: ['expert', 'value'],
    view: [K, sizeOf(kernel)],
  })
  const W = trace.step('aggregate-weight', {
    op: 'matmul',
    from: [weights, experts],
    part: 'aggregation',
    formula: 'W(x) = Σ πk(x) · Wk',
    axes: ['out', 'in', 'row', 'col'],
    view: [B * O, ...kernel.slice(1)],
  })
  const b =
    parameters.bias &&
    trace.step('aggregate-bias', {
      op: 'matmul',
      from: [weights, parameters.bias],
      part: 'aggregation',
      formula: 'b(x) = Σ πk(x) · bk',
      axes: ['out'],
      view: [B * O],
    })
  return trace.step('output', {
    op: 'conv2d',
    from: [x, W, b],
    ...geometryOf(config),
    perSample: true,
    part: 'convolution',
    formula: b ? 'y = W(x) * x + b(x)' : 'y = W(x) * x',
    axes: ['batch', 'channel', 'row', 'col'],
  })
}
