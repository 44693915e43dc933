// Summaries of many values, computed in float64.
import { sumOfFour, sumUp } from '../tensor/sums.ts'

export interface Stats {
  readonly min: number
  readonly max: number
  readonly mean: number
  /** what PyTorch's `x.std()` gives, `standardDeviation` */
  readonly std: number
}

export function statsOf(values: Float32Array): Stats {
  const range = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0)
  sumUp('range', values, range)
  const [min, max] = range as unknown as [number, number]
  const mean = sumOfFour(range.subarray(2)) / values.length
  const deviations = Float64Array.of(mean, 0, 0, 0, 0)
  sumUp('deviations', values, deviations)
  const squares = sumOfFour(deviations.subarray(1))
  const freedom = Math.max(0, values.length - 1) // not -1: of no values 0 / 0 is NaN, as of one
  return { min, max, mean, std: Math.sqrt(squares / freedom) }
}

/**
 * What PyTorch's `x.std()` gives: the squares of what the values differ from their mean, summed and
 * divided by n - 1, under a root. NaN where a single value leaves nothing to divide by, or where one
 * is not finite.
 */
export function standardDeviation(values: Float32Array): number {
  return statsOf(values).std
}

/** How many values fall into each of `bins` equal parts of the range from min to max. */
export function histogram(values: Float32Array, { min, max }: Stats, bins: number): number[] {
  const counts = new Int32Array(bins + 1)
  sumUp('bins', values, Float64Array.of(min, max > min ? bins / (max - min) : 0), counts)
  const [...whole] = counts.subarray(0, bins)
  whole[bins - 1] = (whole[bins - 1] as number) + (counts[bins] as number) // max itself
  return whole
}

/** The middle value, or the mean of the two; of one value at least. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2
}
