import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/base/errors.ts'
import { manualSeed, parseSeed } from '../../src/random/generator.ts'

test.each([
  [0, 0n],
  [-0, 0n],
  [-1, -1n],
  [Number.MAX_SAFE_INTEGER, 2n ** 53n - 1n],
  [2n ** 64n - 1n, 2n ** 64n - 1n],
  [-(2n ** 63n), -(2n ** 63n)],
  ['42', 42n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['18446744073709551615', 2n ** 64n - 1n],
  ['007', 7n],
])('%s is a seed', (seed, expected) => {
  expect(parseSeed(seed)).toBe(expected)
})

describe('a wrong seed is refused', () => {
  test.each([
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [1e300, '1e+300'],
    ['1.5', '1.5'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['+5', '+5'],
    ['42n', '42n'],
    ['-', '-'],
    ['--5', '--5'],
    ['1_000', '1_000'],
    ['', '""'],
    [' 42', '" 42"'],
    ['4\n2', '"4\\n2"'],
    ['四十二', '"四十二"'],
    ['9'.repeat(99), `"${'9'.repeat(40)}…"`],
    ['-9223372036854775809', '-9223372036854775809'],
    ['18446744073709551616', '18446744073709551616'],
    [2n ** 64n, '18446744073709551616'],
    [-(2n ** 63n) - 1n, '-9223372036854775809'],
  ])('%o', (seed, shown) => {
    const { en, zh } = rejection(() => manualSeed(seed))
    expect(en).toBe(
      `--seed ${shown}: expected a whole number from -2^63 to 2^64-1, such as --seed 42`,
    )
    expect(zh).toBe(`--seed ${shown}：应为 -2^63 到 2^64-1 之间的整数，例如 --seed 42`)
  })

  test.each([
    [2 ** 53, '9007199254740992'],
    [-(2 ** 63), '-9223372036854775808'],
  ])('%d, a number too large to be sure of', (seed, digits) => {
    const { en, zh } = rejection(() => parseSeed(seed))
    expect(en).toContain(`pass a bigint such as ${digits}n`)
    expect(zh).toContain(`例如 ${digits}n`)
    expect(parseSeed(BigInt(digits))).toBe(BigInt(seed))
  })
})

function rejection(action: () => unknown): UsageError['text'] {
  try {
    action()
  } catch (error) {
    if (error instanceof UsageError) return error.text
    throw error
  }
  throw new Error('expected a UsageError')
}
