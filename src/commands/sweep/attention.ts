// What can be measured about the attention of one run.
import { dynamicLayer } from '../../layers/dynamic/layer.ts'
import { type Geometry, span } from '../../tensor/geometry.ts'
import { sizeOf, tensor } from '../../tensor/tensor.ts'
import { evennessOf, spreadOf } from '../../trace/attention-summary.ts'
import { stepOf } from '../../trace/query.ts'
import { standardDeviation } from '../../trace/stats.ts'
import { createTracer, type Parameters, type Step, type Trace } from '../../trace/trace.ts'

/** A step's values by sample. */
export function bySample({ shape, values }: Pick<Step, 'shape' | 'values'>): number[][] {
  const samples = shape[0] as number
  const size = values.length / samples
  return Array.from({ length: samples }, (_, n) => [...values.subarray(n * size, (n + 1) * size)])
}

/** The attention weights, a list a sample. */
export function attentionWeightsOf(trace: Trace): number[][] {
  return bySample(stepOf(trace, 'attention'))
}

export function rangeWidth(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Everything that says why a run's attention is as it is. */
export interface MeasuredAttention {
  /** the smallest entropy / ln K of any sample */
  readonly entropy: number
  /** the largest distance between two scores (fc2) of one sample */
  readonly scoreRange: number
  /** root mean square of the channel means, which are all that the attention sees */
  readonly meanSize: number
  /** standard deviation of the input's values: of a single one NaN */
  readonly inputStd: number
  /** how far any weight lies from what an input of zeros gives */
  readonly moved: number
  readonly samples: number
  /** largest difference between samples in a channel mean, and in a weight */
  readonly meanSpread: number
  readonly weightSpread: number
}

export function measure(trace: Trace): MeasuredAttention {
  const weights = attentionWeightsOf(trace)
  const pool = stepOf(trace, 'pool')
  const ofZeros = attentionOfZeros(trace)
  return {
    entropy: Math.min(...weights.map(evennessOf)),
    scoreRange: Math.max(...bySample(stepOf(trace, 'fc2')).map(rangeWidth)),
    meanSize: Math.sqrt(mean([...pool.values].map((value) => value ** 2))),
    inputStd: standardDeviation(stepOf(trace, 'input').values),
    moved: Math.max(...weights.map((row) => spreadOf([row, ofZeros]))),
    samples: weights.length,
    meanSpread: spreadOf(bySample(pool)),
    weightSpread: spreadOf(weights),
  }
}

/** The weights that this layer gives a sample of zeros: what its biases say by themselves. */
function attentionOfZeros(trace: Trace): number[] {
  const geometry = trace.config as unknown as Geometry
  const shape = [1, trace.input.shape[1] as number, span(geometry, 0), span(geometry, 1)]
  const zeros = tensor(new Float32Array(sizeOf(shape)), shape)
  const parameters: Parameters = Object.fromEntries(
    trace.parameters.map(({ name, shape, values }) => [name, tensor(values, shape)]),
  )
  const { steps, tracer } = createTracer(zeros, parameters, dynamicLayer.steps)
  dynamicLayer.forward(trace.config as never, parameters, zeros, tracer)
  return bySample(stepOf({ layer: trace.layer, steps }, 'attention'))[0] as number[]
}
