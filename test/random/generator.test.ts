import { describe, expect, test } from 'vitest'
import { manualSeed } from '../../src/random/generator.ts'
import { constant, kaimingUniform, standardNormal } from '../../src/random/initialisers.ts'

// PyTorch's own numbers for seed 0, worked out apart from the fixture.
describe("seed 0 gives PyTorch's", () => {
  test('rand(3)', () => {
    const expected = [0x1fc2ab0 / 2 ** 26, 0x189545e / 2 ** 25, 0x16a6750 / 2 ** 28]
    expect([...manualSeed(0).rand(3)]).toEqual(expected)
  })

  test('randn(3), one by one in float64', () => {
    const expected = [0x18a7eb8 / 2 ** 24, -0x12c78a0 / 2 ** 26, -0x116e292 / 2 ** 23]
    expect([...manualSeed(0).randn(3)]).toEqual(expected)
  })

  test('randn(16), in a block', () => {
    const expected = [
      -0x120370a / 2 ** 24,
      -0x1270114 / 2 ** 24,
      -0x10097ac / 2 ** 26,
      -0x1bc4aba / 2 ** 26,
    ]
    expect([...manualSeed(0).randn(16).subarray(0, 4)]).toEqual(expected)
  })

  test('nn.Conv2d(3, 16, 3): weight, then bias', () => {
    const generator = manualSeed(0)
    const initialise = kaimingUniform(3 * 3 * 3)
    const weight = initialise(generator, [16, 3, 3, 3])
    const bias = initialise(generator, [16])
    const expected = [-0x179b516 / 2 ** 34, 0x1a6dd8a / 2 ** 28, -0x14464a8 / 2 ** 27]
    expect([...weight.subarray(0, 3)]).toEqual(expected)
    expect(bias[0]).toBe(0x14e8918 / 2 ** 27)
  })
})

test('only the low 32 bits of a seed reach the stream; the seed itself is kept whole', () => {
  const streams = [5, 2 ** 32 + 5, 2n ** 63n + 5n, '-9223372036854775803'].map(manualSeed)
  for (const stream of streams) expect(stream.randn(20)).toEqual(manualSeed(5).randn(20))
  expect(streams.map((stream) => stream.seed)).toEqual([
    5n,
    2n ** 32n + 5n,
    2n ** 63n + 5n,
    -(2n ** 63n) + 5n,
  ])
  expect(manualSeed(-1).rand(5)).toEqual(manualSeed(2n ** 64n - 1n).rand(5))
})

test('a size that is no multiple of 16 redraws its last 16 normals', () => {
  const cut = manualSeed(1).randn(3000)
  const whole = manualSeed(1).randn(3008)
  expect(cut.subarray(0, 2984)).toEqual(whole.subarray(0, 2984))
  expect(cut.subarray(2984)).not.toEqual(whole.subarray(2984, 3000))
})

test('draws of any sizes, one after the other, are one draw cut up', () => {
  const generator = manualSeed(3)
  const sizes = [1, 623, 624, 0, 625, 300, 324, 1249, 5, 21_000, 7, 619]
  const drawn = sizes.flatMap((size) => [...generator.rand(size)])
  expect(drawn).toEqual([...manualSeed(3).rand(drawn.length)])
})

test('generators do not share their state', () => {
  const first = manualSeed(0)
  const second = manualSeed(0)
  const drawn = [...first.randn(3), ...first.randn(40)]
  expect([...second.randn(3), ...second.randn(40)]).toEqual(drawn)
})

test('standardNormal is randn of the shape; constant draws nothing', () => {
  const generator = manualSeed(0)
  expect(constant(2)(generator, [2, 3])).toEqual(new Float32Array(6).fill(2))
  expect(standardNormal(generator, [2, 3, 4, 5])).toEqual(manualSeed(0).randn(120))
})

test('a shape without axes is one value, one with an empty axis none', () => {
  expect(standardNormal(manualSeed(0), [])).toHaveLength(1)
  expect(standardNormal(manualSeed(0), [4, 0, 3])).toHaveLength(0)
})
