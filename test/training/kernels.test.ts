// The fast sums against the plain ones, for every number of rows and awkward strides.
import { describe, expect, test } from 'vitest'
import { units } from '../../src/training/data/stream.ts'
import type { Floats, GradientKernels } from '../../src/training/gradients/gradient-kernels.ts'
import { plainKernels } from '../../src/training/gradients/plain.ts'
import { simdKernels } from '../../src/training/gradients/simd/simd-kernels.ts'

/** y and w and maxima after both sums on the same random values. */
function run(kernels: GradientKernels, rows: number, taps: number, length: number): Float64Array[] {
  const stream = units(rows * 1000 + taps)
  const random = (size: number): Floats => {
    const values = kernels.floats(size)
    for (let i = 0; i < size; i++) values[i] = 2 * stream.next() - 1
    return values
  }
  const yStride = length + 5
  const wStride = taps + 3
  const x = random(length + taps * 3 + 7)
  const y = random(rows * yStride + 1)
  const w = random(rows * wStride + 2)
  const pairs = Array.from({ length: taps }, (_, t) => [t * 3, taps - 1 - t] as const)
  const sum = {
    rows,
    taps: kernels.taps(pairs),
    length,
    y: { data: y, at: 1, stride: yStride },
    w: { data: w, at: 2, stride: wStride },
    x: { data: x, at: 7 },
  }
  kernels.correlate(sum)
  kernels.correlateWeights(sum)
  const highest = kernels.floats(length)
  const which = kernels.integers(length)
  kernels.maximum({ taps: sum.taps, length, highest, which, x: { data: x, at: 7 } })
  return [
    Float64Array.from(y),
    Float64Array.from(w),
    Float64Array.from(highest),
    Float64Array.from(which),
  ]
}

describe('simd sums', () => {
  const simd = simdKernels()
  test.each(
    [1, 2, 3, 4, 5, 8, 31].flatMap((rows) => [
      [rows, 1, 8],
      [rows, 9, 288],
      [rows, 17, 24],
    ]),
  )('%i rows, %i taps, %i positions', (rows, taps, length) => {
    const expected = run(plainKernels(Float32Array), rows, taps, length)
    const actual = run(simd, rows, taps, length)
    simd.release()
    for (const [which, values] of expected.entries())
      for (const [at, value] of values.entries())
        expect(Math.abs((actual[which]?.[at] as number) - value)).toBeLessThan(2e-4)
  })

  test('arrays are zeros, also after others were released', () => {
    const kernels = simdKernels()
    kernels.floats(100).fill(1)
    kernels.release()
    expect(kernels.floats(100).every((value) => value === 0)).toBe(true)
    expect(() => kernels.floats(2 ** 30)).toThrow(RangeError)
  })
})
