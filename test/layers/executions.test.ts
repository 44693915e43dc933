// Three ways to convolve every sample with a mixture of its own give the same output, whatever
// the layer that mixes: one sample after the other; the batch folded into the groups of one
// convolution; and every expert convolved by itself, the results mixed afterwards, since
// convolution is linear in its kernel.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GeometryConfig, geometryOf } from '../../src/layers/geometry-options.ts'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { ops } from '../../src/ops/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { at, reshape, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { tensorOf } from '../../src/trace/query.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { expectClose, largestDifference, tolerance } from '../close.ts'
import { anyGeometry } from './configurations.ts'

/** Where a layer's mixing stands in its trace; steps that it does not have are absent. */
interface Places {
  readonly layer: Layer
  /** what meets the mixed kernels, and what comes out */
  readonly x: string
  readonly y: string
  /** the experts' weights, (B, K) */
  readonly weights: string
}

const places: Places[] = [
  { layer: layers.dynamic, x: 'input', y: 'output', weights: 'attention' },
  { layer: layers.condconv, x: 'input', y: 'output', weights: 'routing' },
  { layer: layers.odconv, x: 'scaled-input', y: 'convolved', weights: 'kernel-attention' },
]

/** A run taken apart into what each of the executions needs. */
function takeApart({ layer, x, y, weights }: Places, given: Record<string, unknown>) {
  const trace = traceLayer(layer, given)
  const config = trace.config as unknown as GeometryConfig & { kernels: number }
  const step = (id: string) => found(trace.steps.find((each) => each.id === id))
  const parameter = (name: string) => found(trace.parameters.find((each) => each.name === name))
  const input = step(x) as Tensor
  const weight = parameter('weight') as Tensor
  const bias = parameter('bias')
  const ofExperts = step(weights) // absent in odconv with one kernel, whose weight then is 1
  const positions = step('spatial-attention') // in odconv, scales every expert alike
  return {
    trace,
    config,
    B: input.shape[0] as number,
    x: input,
    y: step(y) as Tensor,
    bias,
    mixed: { weight: step('aggregate-weight') as Tensor, bias: step('aggregate-bias') },
    sample: (n: number) => reshape(at(input, n), [1, ...input.shape.slice(1)]),
    weightOf: (n: number, k: number) => (ofExperts ? (at(ofExperts, n, k).data[0] as number) : 1),
    /** expert k as sample n meets it */
    expert(n: number, k: number): Tensor {
      const expert = at(weight, k)
      return positions ? ops.multiply.forward([expert, at(positions, n, 0)], {}) : expert
    },
    convolve: (x: Tensor, w: Tensor, b: Tensor | undefined, groups = config.groups) =>
      ops.conv2d.forward([x, w, b], { ...geometryOf(config), groups, perSample: false }),
  }
}

function found(each: Trace['parameters'][number] | Trace['steps'][number] | undefined) {
  return each && tensorOf(each)
}

/** Σ weights[k] · tensors[k] */
function weightedSum(weights: readonly number[], tensors: readonly Tensor[]): Tensor {
  const [first] = tensors as [Tensor]
  const data = first.data.map((_, i) =>
    weights.reduce((sum, weight, k) => sum + weight * (tensors[k]?.data[i] as number), 0),
  )
  return tensor(data, first.shape)
}

function joined(tensors: readonly Tensor[]): Float32Array {
  return Float32Array.from(tensors.flatMap(({ data }) => [...data]))
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

/** y, sample by sample: the kernels are mixed first if `mixFirst`, else the results. */
function oneByOne(
  run: ReturnType<typeof takeApart>,
  mixFirst: boolean,
  weightOf = run.weightOf,
): Float32Array {
  const experts = upTo(run.config.kernels)
  const samples = upTo(run.B).map((n) => {
    const weights = experts.map((k) => weightOf(n, k))
    const kernels = experts.map((k) => run.expert(n, k))
    const biases = experts.flatMap((k) => (run.bias ? [at(run.bias, k)] : []))
    if (mixFirst) {
      const bias = run.bias && weightedSum(weights, biases)
      return run.convolve(run.sample(n), weightedSum(weights, kernels), bias)
    }
    const results = kernels.map((kernel, k) => run.convolve(run.sample(n), kernel, biases[k]))
    return weightedSum(weights, results)
  })
  return joined(samples)
}

describe.each(places)('$layer.name gives the same,', (place) => {
  const anyRun = fc
    .record({ geometry: anyGeometry, kernels: fc.integer({ min: 1, max: 4 }) })
    .map(({ geometry: { bias, ...geometry }, kernels }) => ({
      ...geometry,
      kernels,
      ...('bias' in place.layer.options && { bias }),
    }))
  const holds = (check: (run: ReturnType<typeof takeApart>) => void) =>
    fc.assert(fc.property(anyRun, (given) => check(takeApart(place, given))))

  test('one sample after the other', () => {
    holds((run) => expectClose(run.y.data, oneByOne(run, true)))
  })

  test('the batch folded into the groups', () => {
    holds(({ x, y, mixed, config, convolve, B }) => {
      const [, C, H, W] = x.shape as [number, number, number, number]
      const folded = reshape(x, [1, B * C, H, W])
      expectClose(y.data, convolve(folded, mixed.weight, mixed.bias, config.groups * B).data)
    })
  })

  test('every expert by itself, mixed afterwards', () => {
    holds((run) => expectClose(run.y.data, oneByOne(run, false)))
  })

  test('and another output with weights averaged over the batch', () => {
    const run = takeApart(place, { batch: 4, input: 'varied', size: 8 })
    const mean = (_: number, k: number) =>
      upTo(4).reduce((sum, n) => sum + run.weightOf(n, k), 0) / 4
    const averaged = oneByOne(run, true, mean)
    expect(largestDifference(averaged, run.y.data)).toBeGreaterThan(1000 * tolerance(run.y.data))
  })
})
