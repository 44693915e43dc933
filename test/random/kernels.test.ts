import { expect, test } from 'vitest'
import { normalBlock } from '../../src/random/box-muller.ts'

const LARGEST_UNIFORM = 1 - 2 ** -24

test('pairs are (j, j + 8): u and v give sqrt(-2 log(1 - u)) times cos and sin of 2 pi v', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => i / 16)
  normalBlock(values, 0)
  for (let j = 0; j < 8; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - j / 16))
    const angle = (2 * Math.PI * (j + 8)) / 16
    expect(values[j]).toBeCloseTo(radius * Math.cos(angle), 6)
    expect(values[j + 8]).toBeCloseTo(radius * Math.sin(angle), 6)
  }
})

test('a radius of 0 gives 0, never -0, at any angle', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => (i < 8 ? 0 : (i - 8) / 8))
  normalBlock(values, 0)
  expect(values).toEqual(new Float32Array(16))
})

test('the largest uniform is the longest radius, and finite', () => {
  const values = new Float32Array(16).fill(LARGEST_UNIFORM, 0, 8)
  normalBlock(values, 0)
  expect(values[0]).toBe(Math.fround(Math.sqrt(48 * Math.LN2)))
})

test('touches its own block only', () => {
  const values = new Float32Array(48).fill(0.5)
  normalBlock(values, 16)
  expect(values.subarray(0, 16)).toEqual(new Float32Array(16).fill(0.5))
  expect(values.subarray(32)).toEqual(new Float32Array(16).fill(0.5))
  expect(values.subarray(16, 32)).not.toContain(0.5)
})
