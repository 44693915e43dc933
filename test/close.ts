import { expect } from 'vitest'

/** How far two float32 results of the same maths may lie apart: 1e-6 + 1e-5 * max|y|. */
export function tolerance(expected: Float32Array): number {
  return 1e-6 + 1e-5 * expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** The largest difference between two lists of values of equal length; NaN if any value is. */
export function largestDifference(actual: Float32Array, expected: Float32Array): number {
  return expected.reduce((most, value, at) => {
    const difference = Math.abs((actual[at] as number) - value)
    return difference > most || Number.isNaN(difference) ? difference : most
  }, 0)
}

export function expectClose(actual: Float32Array, expected: Float32Array, what = ''): void {
  expect(actual.length, what).toBe(expected.length)
  expect(largestDifference(actual, expected), what).toBeLessThanOrEqual(tolerance(expected))
}
