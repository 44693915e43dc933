// The sums as they are written, in float64 and rounded where they are stored: the oracle.
import type { Floats, GradientKernels, Maximum, Sum } from './gradient-kernels.ts'

/** @param Kind the numbers that arrays hold */
export function plainKernels(
  Kind: Float32ArrayConstructor | Float64ArrayConstructor,
): GradientKernels {
  return {
    floats: (length): Floats => new Kind(length),
    integers: (length) => new Int32Array(length),
    taps: (pairs) => ({ count: pairs.length, pairs: Int32Array.from(pairs.flat()) }),
    release() {},
    correlate,
    correlateWeights,
    maximum,
  }
}

function correlate({ rows, taps, length, y, w, x }: Sum): void {
  const sums = new Float64Array(length)
  for (let r = 0; r < rows; r++) {
    const to = y.at + r * y.stride
    for (let p = 0; p < length; p++) sums[p] = y.data[to + p] as number
    for (let t = 0; t < taps.count; t++) {
      const from = x.at + (taps.pairs[2 * t] as number)
      const weight = w.data[w.at + r * w.stride + (taps.pairs[2 * t + 1] as number)] as number
      for (let p = 0; p < length; p++)
        sums[p] = (sums[p] as number) + weight * (x.data[from + p] as number)
    }
    for (let p = 0; p < length; p++) y.data[to + p] = sums[p] as number
  }
}

function correlateWeights({ rows, taps, length, y, w, x }: Sum): void {
  for (let r = 0; r < rows; r++)
    for (let t = 0; t < taps.count; t++) {
      const to = w.at + r * w.stride + (taps.pairs[2 * t + 1] as number)
      const from = x.at + (taps.pairs[2 * t] as number)
      const row = y.at + r * y.stride
      let sum = w.data[to] as number
      for (let p = 0; p < length; p++)
        sum += (y.data[row + p] as number) * (x.data[from + p] as number)
      w.data[to] = sum
    }
}

function maximum({ taps, length, x, highest, which }: Maximum): void {
  for (let p = 0; p < length; p++) {
    highest[p] = 0
    which[p] = 0
    for (let t = 0; t < taps.count; t++) {
      const value = x.data[x.at + (taps.pairs[2 * t] as number) + p] as number
      if (value > (highest[p] as number)) {
        highest[p] = value
        which[p] = t
      }
    }
  }
}
