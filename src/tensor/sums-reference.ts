/**
 * What is asked of many values. A sum is taken in float64 as four, of every fourth value each, since one
 * would wait for itself; values left over go into the first. The answer so far is in `sums` and `counts`,
 * and goes on from there: so values may come in parts, of a multiple of four before the last.
 */
export const definitions = {
  /** sums: the smallest value, the largest, and the four sums */
  range(values: Float32Array, sums: Float64Array): void {
    let [min, max] = sums as unknown as [number, number]
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
    }
    sums.set([min + 0, max + 0]) // 0 in place of -0, whichever came first
    addUp(values, sums.subarray(2), (value) => value)
  },

  /** sums: the mean, and four sums of the squares of what the values differ from it */
  deviations(values: Float32Array, sums: Float64Array): void {
    const mean = sums[0] as number
    addUp(values, sums.subarray(1), (value) => (value - mean) * (value - mean))
  },

  /** sums: the smallest value, and how many bins a difference of 1 is; counts: the values of every bin */
  bins(values: Float32Array, sums: Float64Array, counts: Int32Array): void {
    const [min, scale] = sums as unknown as [number, number]
    for (const value of values) {
      const bin = ((value - min) * scale) | 0
      counts[bin] = (counts[bin] as number) + 1
    }
  },
}

function addUp(values: Float32Array, sums: Float64Array, of: (value: number) => number): void {
  const whole = values.length - (values.length % 4)
  for (const [at, value] of values.entries()) {
    const sum = at < whole ? at % 4 : 0
    sums[sum] = (sums[sum] as number) + of(value)
  }
}

/** The sum of every channel of so many values. */
export function sumChannels(values: Float32Array, size: number): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, channel) => {
    const sums = new Float64Array(4)
    addUp(values.subarray(channel * size, (channel + 1) * size), sums, (value) => value)
    return joined(sums)
  })
}

/** Four sums as one. */
export function joined(sums: Float64Array): number {
  const [a, b, c, d] = sums as unknown as [number, number, number, number]
  return a + b + (c + d)
}
