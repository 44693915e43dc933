// The modules of the engine: valid, small, and in the program exactly as the assembler makes them.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moduleBytes, moduleNames } from '../../../src/tensor/engine/wasm/module.ts'
import { rational, toNumber } from '../../../src/tensor/engine/wasm/rational.ts'
import {
  type TransformMatrix,
  winograd,
} from '../../../src/tensor/engine/wasm/winograd-matrices.ts'

const dist = new URL('../../../dist/', import.meta.url)

test.each(moduleNames)('%s: the build holds the bytes that the assembler makes', (name) => {
  const bytes = moduleBytes(name)
  expect(moduleBytes(name)).toEqual(bytes)
  const text = Buffer.from(bytes).toString('base64')
  const pieces = readdirSync(new URL('pieces', dist)).map(
    (piece) => new URL(`pieces/${piece}`, dist),
  )
  for (const files of [pieces, [new URL('index.js', dist)]])
    expect(files.some((file) => readFileSync(file, 'utf8').includes(text))).toBe(true)
})

test('the modules that every machine must have are valid', () => {
  for (const name of ['plain', 'transforms'] as const)
    expect(WebAssembly.validate(moduleBytes(name))).toBe(true)
})

test.each([
  ['F(2, 3)', 2, 3, [rational(0), rational(1), rational(-1)]],
  [
    'F(4, 3)',
    4,
    3,
    [rational(0), rational(5, 8), rational(-5, 8), rational(3, 2), rational(-3, 2)],
  ],
  ['F(3, 2)', 3, 2, [rational(0), rational(1), rational(-1, 3)]],
])('%s is a correlation', (_, m, r, points) => {
  const { outputs, kernel, inputs } = winograd(m, r, points)
  const d = Array.from({ length: m + r - 1 }, (_, at) => Math.sin(at + 1))
  const g = Array.from({ length: r }, (_, at) => Math.cos(3 * at + 1))
  const [u, v] = [times(kernel, g), times(inputs, d)]
  const products = u.map((value, at) => value * (v[at] as number))
  for (const [at, value] of times(outputs, products).entries())
    expect(value).toBeCloseTo(
      g.reduce((sum, tap, k) => sum + tap * (d[at + k] as number), 0),
      12,
    )
})

test('fractions are exact and in lowest terms', () => {
  expect(rational(6, -4)).toEqual({ over: -3n, under: 2n })
  expect(rational(0, 5)).toEqual({ over: 0n, under: 1n })
  expect(toNumber(rational(5, 8))).toBe(0.625)
})

function times(matrix: TransformMatrix, vector: readonly number[]): number[] {
  return matrix.map((row) =>
    row.reduce((sum, value, at) => sum + value * (vector[at] as number), 0),
  )
}
