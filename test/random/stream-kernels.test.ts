import { expect, test } from 'vitest'
import { toNormalsByDefinition as byDefinition } from '../../src/random/box-muller.ts'
import { manualSeed } from '../../src/random/generator.ts'
import { toNormals, twist } from '../../src/random/stream-kernels.ts'
import { temper, twistByDefinition } from '../../src/random/twist.ts'

const LARGEST_UNIFORM = 1 - 2 ** -24

test('pairs are (j, j + 8): u and v give sqrt(-2 log(1 - u)) times cos and sin of 2 pi v', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => i / 16)
  toNormals(values)
  for (let j = 0; j < 8; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - j / 16))
    const angle = (2 * Math.PI * (j + 8)) / 16
    expect(values[j]).toBeCloseTo(radius * Math.cos(angle), 6)
    expect(values[j + 8]).toBeCloseTo(radius * Math.sin(angle), 6)
  }
})

test('a radius of 0 gives 0, never -0, at any angle', () => {
  const values = Float32Array.from({ length: 16 }, (_, i) => (i < 8 ? 0 : (i - 8) / 8))
  toNormals(values)
  expect(values).toEqual(new Float32Array(16))
})

test('the largest uniform is the longest radius, and finite', () => {
  const values = new Float32Array(16).fill(LARGEST_UNIFORM, 0, 8)
  toNormals(values)
  expect(values[0]).toBe(Math.fround(Math.sqrt(48 * Math.LN2)))
})

test('every 61st uniform, as a radius and as an angle, gives the bits of the definition', () => {
  const uniforms = Float32Array.from(
    { length: 16 * 2 ** 14 },
    (_, i) => ((i * 61) % 2 ** 24) / 2 ** 24,
  )
  const normals = uniforms.slice()
  toNormals(normals)
  byDefinition(uniforms)
  expect(Buffer.from(normals.buffer).equals(Buffer.from(uniforms.buffer))).toBe(true)
})

test.each([16, 32, 48, 9968, 9984, 10000, 20016])(
  '%i uniforms become normals, whatever lies around them',
  (count) => {
    const around = new Float32Array(count + 32).fill(0.75)
    around.set(manualSeed(7).rand(count), 16)
    const uniforms = around.slice(16, 16 + count)
    toNormals(around.subarray(16, 16 + count))
    expect(around.subarray(0, 16)).toEqual(new Float32Array(16).fill(0.75))
    expect(around.subarray(16 + count)).toEqual(new Float32Array(16).fill(0.75))
    byDefinition(uniforms)
    expect(around.subarray(16, 16 + count)).toEqual(uniforms)
  },
)

test.each([1, 2, 15, 16, 17, 40])('%i states in one go are those of the definition', (states) => {
  const [state, defined] = [seededWith(1), seededWith(1)]
  const [units, definedUnits] = [new Float32Array(624 * states), new Float32Array(624 * states)]
  twist(state, units)
  twistByDefinition(defined, definedUnits)
  expect(units).toEqual(definedUnits)
  expect(state).toEqual(defined)
})

test('MT19937 seeded with 5489 yields 3499211612 first and 4123659995 as its 10000th word', () => {
  for (const each of [twist, twistByDefinition]) {
    const state = seededWith(5489)
    const units = new Float32Array(624)
    each(state, units)
    expect(temper(state[0] as number) >>> 0).toBe(3499211612)
    expect(units[0]).toBe((3499211612 % 2 ** 24) / 2 ** 24)
    for (let drawn = 624; drawn <= 9999; drawn += 624) each(state, units)
    expect(temper(state[9999 % 624] as number) >>> 0).toBe(4123659995)
    expect(units[9999 % 624]).toBe((4123659995 % 2 ** 24) / 2 ** 24)
  }
})

function seededWith(seed: number): Int32Array {
  const state = new Int32Array(624).fill(seed, 0, 1)
  for (let j = 1; j < 624; j++) {
    const before = state[j - 1] as number
    state[j] = Math.imul(1812433253, before ^ (before >>> 30)) + j
  }
  return state
}
