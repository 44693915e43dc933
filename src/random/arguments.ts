// What the stream's functions take: anything else is refused before a number is drawn.
import { refusal, shownValue } from '../base/given.ts'
import type { Text } from '../base/text.ts'

const { fround } = Math

const bounds: Text = {
  en: 'finite float32 bounds, the lower one first, such as uniform(4, -1, 1)',
  zh: '有限的 float32 上下界，下界在前，例如 uniform(4, -1, 1)',
}
const moments: Text = {
  en: 'a finite mean and a finite deviation not below 0, such as normal(4, 0, 1)',
  zh: '有限的均值和不小于 0 的有限标准差，例如 normal(4, 0, 1)',
}

/**
 * Memory for so many values.
 * @param name of the function that draws them
 * @throws {UsageError} for what is no number of values, and for more than there is memory for
 */
export function room(name: string, count: number): Float32Array {
  const call = `${name}(${shownValue(count)})`
  if (!Number.isSafeInteger(count) || count < 0)
    throw refusal(call, {
      en: `how many values, a whole number not below 0, such as ${name}(4)`,
      zh: `数值的个数，即不小于 0 的整数，例如 ${name}(4)`,
    })
  try {
    return new Float32Array(count)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw refusal(call, {
      en: 'no more values than there is memory for: draw fewer at a time',
      zh: '内存放得下的个数：请分几次抽取',
    })
  }
}

/** @throws {UsageError} unless U(from, to) is a distribution of float32 values */
export function checkBounds(count: number, from: number, to: number): void {
  if (isNumber(from) && isNumber(to)) {
    const span = fround(fround(to) - fround(from))
    if (span >= 0 && Number.isFinite(span)) return
  }
  throw refusal(`uniform(${[count, from, to].map(shownValue).join(', ')})`, bounds)
}

/** @throws {UsageError} unless N(mean, std^2) is a distribution of float32 values */
export function checkMoments(count: number, mean: number, std: number): void {
  if (isNumber(mean) && isNumber(std) && std >= 0) return
  throw refusal(`normal(${[count, mean, std].map(shownValue).join(', ')})`, moments)
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(fround(value))
