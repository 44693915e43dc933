// Summaries of many values, computed in float64.

export interface Stats {
  readonly min: number
  readonly max: number
  readonly mean: number
  /** of the population: divided by n */
  readonly std: number
}

/** Plain loops: these run once, over thousands of values, before anything is compiled. */
export function statsOf(values: Float32Array): Stats {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  const mean = sum / values.length
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = (values[i] as number) - mean
    squares += deviation * deviation
  }
  return { min, max, mean, std: Math.sqrt(squares / values.length) }
}

export function standardDeviation(values: Float32Array): number {
  return statsOf(values).std
}

/** How many values fall into each of `bins` equal parts of the range from min to max. */
export function histogram(values: Float32Array, { min, max }: Stats, bins: number): number[] {
  const counts = new Int32Array(bins + 1)
  const scale = max > min ? bins / (max - min) : 0
  for (let i = 0; i < values.length; i++) {
    const bin = ((values[i] as number) - min) * scale
    counts[bin | 0] = (counts[bin | 0] as number) + 1
  }
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
