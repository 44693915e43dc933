// Summaries of many values, computed in float64.

export interface Stats {
  readonly min: number
  readonly max: number
  readonly mean: number
  /** of the population: divided by n */
  readonly std: number
}

export function statsOf(values: Float32Array): Stats {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { min, max, mean, std: Math.sqrt(squares / values.length) }
}

export function standardDeviation(values: Float32Array): number {
  return statsOf(values).std
}

/** How many values fall into each of `bins` equal parts of the range from min to max. */
export function histogram(values: Float32Array, { min, max }: Stats, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  const width = (max - min) / bins || 1
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - min) / width))
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}
