// The matrices of Winograd's minimal filtering F(m, r): m outputs of a filter of r taps from
// m + r - 1 products.
//
//   y = Aᵀ [(G g) ⊙ (Bᵀ d)]
//
// Every finite point x makes a column of Aᵀ, powers of x; a row of G, powers of x over the product of
// its distances to the others; and a row of Bᵀ, the polynomial that is 0 at the others. The last
// point is infinity. Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016.
import {
  divide,
  multiplyRationals,
  one,
  type Rational,
  subtract,
  toNumber,
  zero,
} from './rational.ts'

export type TransformMatrix = readonly (readonly number[])[]

export interface Winograd {
  /** m x (m + r - 1) */
  readonly outputs: TransformMatrix
  /** (m + r - 1) x r */
  readonly kernel: TransformMatrix
  /** (m + r - 1) x (m + r - 1) */
  readonly inputs: TransformMatrix
}

/**
 * @param m outputs
 * @param r taps
 * @param points m + r - 2 different ones
 */
export function winograd(m: number, r: number, points: readonly Rational[]): Winograd {
  const size = points.length + 1
  const exactly = (rows: readonly (readonly Rational[])[]) => rows.map((row) => row.map(toNumber))
  const others = (x: Rational) => points.filter((point) => point !== x)
  const distance = (x: Rational) =>
    others(x).reduce((product, point) => multiplyRationals(product, subtract(x, point)), one)
  const padded = (row: readonly Rational[]) =>
    [...row, ...Array<Rational>(size).fill(zero)].slice(0, size)
  const last = (length: number) =>
    Array.from({ length }, (_, at) => (at === length - 1 ? one : zero))
  return {
    outputs: exactly(
      Array.from({ length: m }, (_, power) => [
        ...points.map((x) => powers(x, m)[power] as Rational),
        last(m)[power] as Rational,
      ]),
    ),
    kernel: exactly([
      ...points.map((x) => powers(x, r).map((power) => divide(power, distance(x)))),
      last(r),
    ]),
    inputs: exactly([
      ...points.map((x) => padded(polynomial(others(x)))),
      padded(polynomial(points)),
    ]),
  }
}

/** 1, x, x², ... */
function powers(x: Rational, count: number): Rational[] {
  const all: Rational[] = [one]
  while (all.length < count) all.push(multiplyRationals(all.at(-1) as Rational, x))
  return all
}

/** Coefficients of Π (x - root), the constant first. */
function polynomial(roots: readonly Rational[]): Rational[] {
  let product: readonly Rational[] = [one]
  for (const root of roots) {
    const before = product
    product = Array.from({ length: before.length + 1 }, (_, at) =>
      subtract(before[at - 1] ?? zero, multiplyRationals(root, before[at] ?? zero)),
    )
  }
  return [...product]
}
