/**
 * What is asked of many values. The answer so far is in `sums` and `counts`, and goes on from there: so
 * values may come in parts.
 */
export const definitions = {
  /** sums: the smallest value, the largest and the sum */
  range(values: Float32Array, sums: Float64Array): void {
    let [min, max, sum] = sums as unknown as [number, number, number]
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
      sum += value
    }
    sums.set([min, max, sum])
  },

  /** sums: the mean, and the squares of what the values differ from it */
  deviations(values: Float32Array, sums: Float64Array): void {
    let [mean, squares] = sums as unknown as [number, number]
    for (const value of values) squares += (value - mean) * (value - mean)
    sums.set([mean, squares])
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
