// Exact fractions: the matrices of a fast convolution follow from its points without rounding.

export interface Rational {
  /** its sign is the fraction's */
  readonly over: bigint
  /** above 0, and without a divisor in common */
  readonly under: bigint
}

export function rational(over: number | bigint, under: number | bigint = 1): Rational {
  const [a, b] = [BigInt(over), BigInt(under)]
  const sign = b < 0n ? -1n : 1n
  const divisor = sign * greatestCommonDivisor(a < 0n ? -a : a, b < 0n ? -b : b)
  return { over: a / divisor, under: b / divisor }
}

export const zero = rational(0)
export const one = rational(1)

export function multiplyRationals(a: Rational, b: Rational): Rational {
  return rational(a.over * b.over, a.under * b.under)
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.over * b.under, a.under * b.over)
}

export function subtract(a: Rational, b: Rational): Rational {
  return rational(a.over * b.under - b.over * a.under, a.under * b.under)
}

export function negate(a: Rational): Rational {
  return rational(-a.over, a.under)
}

export function toNumber({ over, under }: Rational): number {
  return Number(over) / Number(under)
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a || 1n : greatestCommonDivisor(b, a % b)
}
