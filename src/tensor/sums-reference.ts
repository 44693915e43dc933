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

/** Adds the values to the sums, in turn; those that are left over to the first. */
function addUp(values: Float32Array, sums: Float64Array, of: (value: number) => number): void {
  const whole = values.length - (values.length % sums.length)
  for (const [at, value] of values.entries()) {
    const sum = at < whole ? at % sums.length : 0
    sums[sum] = (sums[sum] as number) + of(value)
  }
}

/** Values whose sum is taken at a time, as eight; where a channel has more, such sums are added up. */
export const PART = 16_384

/** The sum of every channel of so many values. */
export function sumChannelsByDefinition(values: Float32Array, size: number): Float64Array {
  return Float64Array.from({ length: values.length / size }, (_, channel) => {
    const end = (channel + 1) * size
    let total = 0
    for (let start = channel * size; start < end; start += PART)
      total += sumOfPart(values.subarray(start, Math.min(end, start + PART)))
    return total
  })
}

function sumOfPart(values: Float32Array): number {
  const sums = new Float64Array(8)
  addUp(values, sums, (value) => value)
  return sumOfFour(sums.subarray(0, 4).map((sum, at) => sum + (sums[4 + at] as number)))
}

/** Four sums as one. */
export function sumOfFour(sums: Float64Array): number {
  const [a, b, c, d] = sums as unknown as [number, number, number, number]
  return a + b + (c + d)
}
