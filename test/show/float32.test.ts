import fc from 'fast-check'
import { expect, test } from 'vitest'
import { float32Text } from '../../src/show/float32.ts'
import { shortestText } from '../../src/show/float32-reference.ts'
import { tries } from '../thorough.ts'

const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true })

test('text reads back to the same float32, the sign of zero included', () => {
  fc.assert(
    fc.property(anyFloat, (value) => {
      expect(Object.is(Math.fround(JSON.parse(float32Text(value))), value)).toBe(true)
    }),
    tries(5000, 20_000),
  )
})

/** Significant digits of a decimal text. */
const digitsOf = (text: string) =>
  text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length

/** Every bit pattern is as likely as another, or every decimal of few digits. */
const anyBits = fc.integer({ min: 1, max: 0x7f7fffff }).map((bits) => {
  const words = Int32Array.of(bits)
  return new Float32Array(words.buffer)[0] as number
})
const anyDecimal = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: -44, max: 33 }))
  .map(([whole, exponent]) => Math.fround(Number(`${whole}e${exponent}`)))
const usual = fc.tuple(anyBits, fc.integer({ min: 90, max: 170 })).map(([value, exponent]) => {
  const words = new Int32Array(Float32Array.of(value).buffer)
  words[0] = ((words[0] as number) & 0x7fffff) | (exponent << 23)
  return new Float32Array(words.buffer)[0] as number
})

test('the text is the one of the definition, and a sign only stands before it', () => {
  fc.assert(
    fc.property(fc.oneof(anyBits, anyDecimal, usual), (value) => {
      expect(float32Text(value)).toBe(shortestText(value))
      expect(float32Text(-value)).toBe(`-${shortestText(value)}`)
    }),
    tries(20_000, 100_000),
  )
})

test('around powers of two and of ten the text is the one of the definition', () => {
  const powers = Array.from({ length: 254 }, (_, n) => 2 ** (n - 126)).concat(
    Array.from({ length: 84 }, (_, n) => Number(`1e${n - 45}`)),
    Array.from({ length: 23 }, (_, n) => 2 ** (n - 149)),
  )
  for (const power of powers) {
    const words = new Int32Array(Float32Array.of(power).buffer)
    const bits = words[0] as number
    for (let near = Math.max(1, bits - 20); near < Math.min(0x7f800000, bits + 20); near++) {
      words[0] = near
      const value = new Float32Array(words.buffer)[0] as number
      expect(float32Text(value)).toBe(shortestText(value))
    }
  }
})

test('no shorter text would do', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyFloat,
        fc.integer({ min: -126, max: 127 }).map((e) => 2 ** e),
      ),
      (value) => {
        const digits = digitsOf(float32Text(value))
        if (digits < 2) return
        // every decimal with one digit less that is near enough: the two around the value
        const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 2)
        for (const near of [Math.floor(value / unit), Math.ceil(value / unit)])
          expect(Math.fround(Number((near * unit).toPrecision(digits - 1)))).not.toBe(value)
      },
    ),
    tries(5000, 20_000),
  )
})

test('usual numbers, the largest, -0 and what is no number are written as by hand', () => {
  expect(
    [0.1, 1, -2.5, 16777216, 1e-7, 3.4028234663852886e38].map(Math.fround).map(float32Text),
  ).toEqual(['0.1', '1', '-2.5', '16777216', '1e-7', '3.4028235e+38'])
  expect([Number.NaN, Number.POSITIVE_INFINITY, -0].map(float32Text)).toEqual([
    '"NaN"',
    '"Infinity"',
    '-0',
  ])
})
