import fc from 'fast-check'
import { expect, test } from 'vitest'
import { float32Text } from '../../src/render/float32.ts'

const anyFloat = fc.float({ noNaN: true, noDefaultInfinity: true })

test('text reads back to the same float32, the sign of zero included', () => {
  fc.assert(
    fc.property(anyFloat, (value) => {
      expect(Object.is(Math.fround(JSON.parse(float32Text(value))), value)).toBe(true)
    }),
    { numRuns: 20_000 },
  )
})

/** Significant digits of a decimal text. */
const digitsOf = (text: string) =>
  text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length

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
    { numRuns: 20_000 },
  )
})

test('the usual cases', () => {
  expect(
    [0.1, 1, -2.5, 16777216, 1e-7, 3.4028234663852886e38].map(Math.fround).map(float32Text),
  ).toEqual(['0.1', '1', '-2.5', '16777216', '1e-7', '3.4028235e+38'])
  expect([Number.NaN, Number.POSITIVE_INFINITY, -0].map(float32Text)).toEqual([
    '"NaN"',
    '"Infinity"',
    '-0',
  ])
})
