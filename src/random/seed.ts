import { UsageError } from '../base/errors.ts'
import { shownValue } from '../base/given.ts'

const SMALLEST = -(2n ** 63n)
const LARGEST = 2n ** 64n - 1n

/**
 * Checks a seed as `torch.manual_seed` does: a whole number from -2^63 to 2^64-1.
 *
 * @param seed a string must be decimal; a number must be a safe integer, since beyond 2^53 it
 *   may already have lost digits
 * @throws UsageError
 */
export function parseSeed(seed: bigint | number | string): bigint {
  const readable = ['bigint', 'number', 'string'].includes(typeof seed)
  const text = readable ? String(seed) : ''
  const whole = Number.isInteger(seed) || /^-?[0-9]+$/.test(text)
  const value = whole ? BigInt(seed) : undefined
  if (value === undefined || value < SMALLEST || value > LARGEST) {
    const given = readable ? shown(text) : shownValue(seed)
    throw new UsageError({
      en: `--seed ${given}: expected a whole number from -2^63 to 2^64-1, such as --seed 42`,
      zh: `--seed ${given}：应为 -2^63 到 2^64-1 之间的整数，例如 --seed 42`,
    })
  }
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new UsageError({
      en: `seed ${text}: a number beyond 2^53 may have lost digits; pass a bigint such as ${value}n`,
      zh: `种子 ${text}：超过 2^53 的 number 可能已丢失精度，请改用 bigint，例如 ${value}n`,
    })
  }
  return value
}

/** Anything odd is quoted and anything long cut, so that a message stays one readable line. */
function shown(text: string): string {
  if (/^[!-~]{1,40}$/.test(text)) return text
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
