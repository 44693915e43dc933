import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fma32 } from '../../src/random/fma32.ts'

const { fround } = Math

/** The step of the subnormal float32: every float32 is a multiple of it. */
const SMALLEST_EXPONENT = -149

test('rounds as exact arithmetic does, whatever the operands', () => {
  const finite = fc.float({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(finite, finite, finite, (a, b, c) => {
      expect(fma32(a, b, c)).toBe(exact(a, b, c))
    }),
    { numRuns: 5000 },
  )
})

// a * b is half a step of c less a trifle, which a double sum cannot always hold: the sum then
// looks like a tie, and c's last bit would decide.
test('rounds as exact arithmetic does where a double would see a tie', () => {
  const mantissa = fc.integer({ min: 2 ** 23, max: 2 ** 24 - 1 })
  const exponent = fc.integer({ min: -140, max: 100 })
  const trifle = fc.integer({ min: 0, max: 1000 })
  fc.assert(
    fc.property(mantissa, exponent, trifle, fc.constantFrom(1, -1), (m, e, i, sign) => {
      const a = sign * (1 + i * 2 ** -23)
      const b = fround((1 - i * 2 ** -23) * 2 ** (e - 1))
      const c = fround(m * 2 ** e)
      expect(fma32(a, b, c)).toBe(exact(a, b, c))
      expect(fma32(-a, b, -c)).toBe(exact(-a, b, -c))
    }),
    { numRuns: 5000 },
  )
})

test.each([
  // 1 + 2^-24 is halfway between 1 and the next float32, and the last bit of a * b decides.
  [1 + 2 ** -23, 2 ** -24, 1],
  [1 - 2 ** -24, 2 ** -24, 1],
  [2 ** -24, 1, 1],
  // The product is just above, on or below a half of the last bit of a large float32.
  [2 ** 12 + 2 ** -11, 2 ** 11 + 2 ** -12, 2 ** 47 + 2 ** 24],
  [2 ** 12 - 2 ** -11, 2 ** 11 - 2 ** -12, -(2 ** 47) - 2 ** 24],
  [2 ** -60, 2 ** -60, 1],
  [2 ** -60, -(2 ** -60), 1 + 2 ** -23],
  // Halves of the smallest float32, and of the last step below overflow.
  [2 ** -75, 2 ** -75, 0],
  [2 ** -75, 2 ** -75 * (1 + 2 ** -23), 0],
  [2 ** -75, 2 ** -75, 2 ** -149],
  [(2 - 2 ** -23) * 2 ** 127, 1, 2 ** 103],
  [(2 - 2 ** -23) * 2 ** 127, 1, fround(2 ** 103 * (1 - 2 ** -24))],
])('%d * %d + %d is rounded once', (a, b, c) => {
  expect(fma32(a, b, c)).toBe(exact(a, b, c))
  expect(fma32(-a, b, -c)).toBe(exact(-a, b, -c))
})

test.each([
  [3, 5, -15, 0],
  [-0, 1, 0, 0],
  [-0, 1, -0, -0],
  [Number.POSITIVE_INFINITY, 1, 1, Number.POSITIVE_INFINITY],
  [Number.POSITIVE_INFINITY, 0, 1, Number.NaN],
])('%o * %o + %o is %o', (a, b, c, expected) => {
  expect(fma32(a, b, c)).toBe(expected)
})

/** a * b + c as a whole number of 2^-298 steps, rounded to float32 by hand: ties go to even. */
function exact(a: number, b: number, c: number): number {
  const total = steps(a) * steps(b) + (steps(c) << BigInt(-SMALLEST_EXPONENT))
  if (total === 0n) return a * b + c
  const magnitude = total < 0n ? -total : total
  const bits = magnitude.toString(2).length
  const dropped = BigInt(Math.max(bits - 24, -SMALLEST_EXPONENT))
  const half = 1n << (dropped - 1n)
  const kept = magnitude >> dropped
  const rest = magnitude - (kept << dropped)
  const roundUp = rest > half || (rest === half && kept % 2n === 1n)
  const rounded = Number(kept + (roundUp ? 1n : 0n)) * 2 ** (Number(dropped) - 298)
  const overflowed = rounded >= 2 ** 128 ? Number.POSITIVE_INFINITY : rounded
  return total < 0n ? -overflowed : overflowed
}

/** A float32 as a whole number of 2^-149 steps. */
function steps(value: number): bigint {
  return BigInt(value * 2 ** 74 * 2 ** 75)
}
