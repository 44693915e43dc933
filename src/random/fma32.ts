/**
 * a * b + c in one rounding to float32, as a processor's fused multiply-add gives it.
 *
 * The product of two float32 is exact in a double, so the only risk is rounding twice: to a double
 * that lies halfway between two float32, and from there to the wrong one. On such a halfway sum the
 * error of the first rounding decides.
 *
 * @param a float32, like b and c
 */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  const rounded = Math.fround(sum)
  // A sum's mirror image in `rounded`'s direction is a float32 only if the sum is halfway
  // between the two, or is a float32 itself, where a small step does no harm.
  const mirrored = 2 * sum - rounded
  if (Math.fround(mirrored) !== mirrored) return rounded
  const added = sum - product
  const error = product - (sum - added) + (c - added)
  if (error === 0) return rounded
  return Math.fround(sum + Math.sign(error) * Math.abs(sum) * DOUBLE_STEP)
}

/** This part of a number is one step of its double, once rounded. */
const DOUBLE_STEP = 2 ** -53
