import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { manualSeed } from '../../src/random/generator.ts'
import { type Engine, engineInUse, useEngine } from '../../src/tensor/engine/index.ts'
import { histogram, standardDeviation, statsOf } from '../../src/trace/stats.ts'

const usual = engineInUse()
afterEach(() => useEngine(usual))
const reference: Engine = { name: 'reference', fma: false, threads: 1 }

describe.each([usual, reference])('with engine $name', (engine) => {
  test('1, 2, 3, 6: mean 3, and (4 + 1 + 0 + 9) / (4 - 1) = 14 / 3 is the square of std', () => {
    useEngine(engine)
    const values = Float32Array.of(2, 1, 6, 3)
    const stats = statsOf(values)
    expect(stats).toEqual({ min: 1, max: 6, mean: 3, std: Math.sqrt(14 / 3) })
    // parts of 1 each: [1, 2) [2, 3) [3, 4) [4, 5) and [5, 6]
    expect(histogram(values, stats, 5)).toEqual([1, 1, 1, 0, 1])
  })

  test('equal values are all in the first part', () => {
    useEngine(engine)
    const values = new Float32Array(3).fill(0.5)
    expect(statsOf(values)).toEqual({ min: 0.5, max: 0.5, mean: 0.5, std: 0 })
    expect(histogram(values, statsOf(values), 10)).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('what is no number spoils the mean and no limit', () => {
    useEngine(engine)
    const values = Float32Array.of(Number.NaN, 1, 3)
    expect(statsOf(values)).toEqual({ min: 1, max: 3, mean: Number.NaN, std: Number.NaN })
    expect(histogram(values, statsOf(values), 2)).toEqual([2, 1])
    const infinite = Float32Array.of(Number.NEGATIVE_INFINITY, 1, Number.POSITIVE_INFINITY)
    expect(histogram(infinite, statsOf(infinite), 2)).toEqual([3, 0])
  })

  test('of one value or none there is no std, nor where one is not finite: PyTorch has nan', () => {
    useEngine(engine)
    for (const values of [[5], [], [1, Infinity], [-Infinity, 1], [NaN, 1], [NaN], [Infinity]])
      expect(standardDeviation(Float32Array.from(values)), String(values)).toBeNaN()
    expect(statsOf(Float32Array.of(5))).toEqual({ min: 5, max: 5, mean: 5, std: Number.NaN })
    expect(standardDeviation(Float32Array.of(5, 7))).toBe(Math.SQRT2)
  })

  test('the root of the squared differences over n - 1, of any values', () => {
    useEngine(engine)
    const values = fc.float32Array({ noNaN: true, noDefaultInfinity: true, minLength: 2 })
    fc.assert(
      fc.property(values, (x) => {
        const mean = x.reduce((sum, value) => sum + value / x.length, 0)
        const squares = x.reduce((sum, value) => sum + (value - mean) ** 2, 0)
        const expected = Math.sqrt(squares / (x.length - 1))
        const size = Math.max(...x.map(Math.abs)) // the mean is known to so many digits of it
        expect(Math.abs(standardDeviation(x) - expected)).toBeLessThanOrEqual(1e-13 * size)
      }),
    )
  })
})

test('the smallest and the largest of zeros are 0, not -0', () => {
  for (const engine of [usual, reference]) {
    useEngine(engine)
    expect(statsOf(Float32Array.of(-0, 0))).toEqual({ min: 0, max: 0, mean: 0, std: 0 })
  }
})

test.each([1, 2, 3, 4, 5, 6, 7, 8, 100, 16_383, 16_384, 16_387, 40_001])(
  'WebAssembly says of %i values what the definition says',
  (n) => {
    const values = manualSeed(n).normal(n, 0.1, 3)
    const say = (engine: Engine) => {
      useEngine(engine)
      const stats = statsOf(values)
      return { stats, parts: histogram(values, stats, 10) }
    }
    expect(say(usual)).toEqual(say(reference))
  },
)
