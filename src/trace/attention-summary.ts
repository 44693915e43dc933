// What the weights of a step say: of one sample, and of how much the samples differ.
import { standardDeviation } from './stats.ts'
import type { Step, Trace } from './trace.ts'

export interface AttentionSummary {
  /** the step's id */
  readonly step: string
  /** the weights, a row a sample */
  readonly samples: readonly Float32Array[]
  /** the largest difference of one weight between two samples */
  readonly spread: number
  /** the largest standard deviation of one weight over the batch: of one sample NaN */
  readonly std: number
  /** for weights that sum to 1: the entropy of every sample over ln K; 1 is uniform */
  readonly evenness?: readonly number[]
}

/** Every step of weights, summed up. */
export function attentionsOf({ steps }: Pick<Trace, 'steps'>): readonly AttentionSummary[] {
  return steps.filter(({ kind }) => kind === 'weights').map(summaryOf)
}

function summaryOf({ id, shape, values }: Step): AttentionSummary {
  const [B = 1] = shape
  const size = values.length / B
  const samples = Array.from({ length: B }, (_, n) => values.subarray(n * size, (n + 1) * size))
  const columns = Array.from({ length: size }, (_, k) =>
    Float32Array.from(samples, (row) => row[k] as number),
  )
  const shares = size > 1 && samples.every((row) => Math.abs(sum(row) - 1) < 1e-5)
  return {
    step: id,
    samples,
    spread: spreadOf(samples),
    std: largest(columns.map(standardDeviation)),
    ...(shares && { evenness: samples.map(evennessOf) }),
  }
}

/** Entropy / ln K of weights that sum to 1: 1 where all are equal, as one alone is; 0 where one takes all. */
export function evennessOf(weights: ArrayLike<number>): number {
  if (weights.length === 1) return 1
  const entropy = sum(Array.from(weights, (p) => (p > 0 ? -p * Math.log(p) : 0)))
  return entropy / Math.log(weights.length)
}

/** The largest difference between two samples in one position. */
export function spreadOf(samples: readonly ArrayLike<number>[]): number {
  const positions = Array.from(samples[0] ?? [], (_, k) => samples.map((row) => row[k] as number))
  return largest(positions.map((column) => largest(column) - smallest(column)))
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i] as number
  return total
}

function smallest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b))
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b))
}

/** sqrt(Σ πk²): what mixing independent kernels of equal spread makes of that spread. */
export function mixedScale(weights: readonly number[]): number {
  return Math.hypot(...weights)
}
