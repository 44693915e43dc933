/** Whole numbers up to this size are doubles as they are. */
const SAFE = 2n ** 53n
const LOW_BITS = 11n

/**
 * The float32 nearest to a whole number of 64 bits. A double holds only 53 of them, and rounding
 * twice can end on the wrong side; so what the low bits held is kept as a mark in the last bit
 * that a double has room for, where it still tips a tie.
 */
export function nearestFloat32(value: bigint): number {
  if (-SAFE <= value && value <= SAFE) return Math.fround(Number(value))
  const kept = value >> LOW_BITS
  const marked = kept << LOW_BITS === value ? kept : kept | 1n
  return Math.fround(Number(marked) * 2 ** Number(LOW_BITS))
}
