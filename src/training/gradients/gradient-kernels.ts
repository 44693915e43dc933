// The two sums that training consists of, and nearly all of its time goes into. Convolutions, their
// gradients and the mixing of experts are all one of them, with other offsets; pooling reads the
// same way. How they are computed is an implementation's affair (plain.ts, simd/).
//
//   correlate          y[r, p] += Σ t  w[r, taps.w t] · x[taps.x t + p]
//   correlateWeights   w[r, taps.w t] += Σ p  y[r, p] · x[taps.x t + p]
//   maximum            highest[p] = max(0, x[taps.x t + p] for all t)     which[p] = the first such t
//
// r row (an output channel, a sample), t tap (a weight and how far from p it reads), p position.

/** float32 for training; float64 where gradients are checked. */
export type Floats = Float32Array | Float64Array

/** What a sum runs over: where each weight stands, and where it reads. */
export interface Taps {
  readonly count: number
  /** pairs: offset into x, offset into w */
  readonly pairs: Int32Array
}

/** A piece of an array in rows: the first at `at`, each `stride` behind the one before. */
export interface Rows {
  readonly data: Floats
  readonly at: number
  readonly stride: number
}

export interface Sum {
  readonly rows: number
  readonly taps: Taps
  /** positions: a multiple of 8; what lies behind the last one asked for may be overwritten */
  readonly length: number
  readonly y: Rows
  readonly w: Rows
  readonly x: { readonly data: Floats; readonly at: number }
}

export interface Maximum {
  readonly taps: Taps
  /** positions: a multiple of 8 */
  readonly length: number
  readonly x: { readonly data: Floats; readonly at: number }
  /** what comes out; where nothing is above 0, that and the first tap */
  readonly highest: Floats
  readonly which: Int32Array
}

export interface GradientKernels {
  /** zeros, for as long as nothing is released */
  floats(length: number): Floats
  integers(length: number): Int32Array
  taps(pairs: readonly (readonly [x: number, w: number])[]): Taps
  /** gives all arrays back, which must not be used any more */
  release(): void
  correlate(sum: Sum): void
  correlateWeights(sum: Sum): void
  maximum(maximum: Maximum): void
}

/** Positions are handled in blocks of so many. */
export const POSITION_BLOCK = 8

/** The next length that is whole blocks. */
export function wholeBlocks(length: number): number {
  return Math.ceil(length / POSITION_BLOCK) * POSITION_BLOCK
}
