// What was given to a function of the library, for the message that refuses it.
import { UsageError } from './errors.ts'
import type { Text } from './text.ts'

/** Characters of a value that a message shows. */
const MOST = 40

/** A value of any kind in a few words, on one line. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return cut(JSON.stringify(value))
  if (typeof value === 'bigint') return `${cut(String(value))}n`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return cut(`[${value.slice(0, MOST).map(shownValue).join(', ')}]`)
  if (ArrayBuffer.isView(value)) return `a ${kindOf(value)} of ${lengthOf(value)}`
  if (typeof value === 'object' && value !== null) return `an object (${kindOf(value)})`
  return cut(String(value))
}

function cut(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

/** Object, Map, Float64Array: what it calls itself. */
function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

function lengthOf(view: ArrayBufferView): number {
  return 'length' in view ? (view.length as number) : view.byteLength
}

/**
 * Refuses what a function was given.
 * @param what the call, or the part of it, with the value as `shownValue` shows it
 * @param expected what it takes, and an example
 */
export function refusal(what: string, expected: Text): UsageError {
  return new UsageError({
    en: `${what}: expected ${expected.en}`,
    zh: `${what}：应为${expected.zh}`,
  })
}

/** Whether it is an object with names and values, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  )
}

/** Whether it is a Float32Array, perhaps of another realm: a frame, or a test's context. */
export function isFloats(value: unknown): value is Float32Array {
  return value instanceof Float32Array || (ArrayBuffer.isView(value) && kindOf(value) === FLOATS)
}
const FLOATS = 'Float32Array'

/** Whether it lists sizes: whole numbers, not below 0. */
export function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}
