import { shortestText } from './float32-reference.ts'

const { abs, floor, fround } = Math

/**
 * The shortest decimal text that reads back to the same float32, as JSON; numbers that JSON has
 * no form for are the strings "NaN", "Infinity" and "-Infinity".
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const size = abs(value)
  const text = quickText(size) ?? shortestText(size)
  return value < 0 ? `-${text}` : text
}

/**
 * The text of a usual number, or nothing. Up to 22, powers of ten are exact in float64, and so are whole
 * numbers of nine digits: the quotient or product of two such is rounded once, to what the text reads as.
 */
function quickText(size: number): string | undefined {
  floats[0] = size
  const bits = words[0] as number
  const isPowerOfTwo = (bits & 0x7fffff) === 0
  if (size < 1e-14 || size >= 1e21 || isPowerOfTwo) return undefined
  let exponent = floor(((bits >> 23) - 127) * LOG10_OF_2)
  if (size >= shifted(1, exponent + 1)) exponent++
  // more digits come nearer: where six are too few, so are fewer
  const six = 5 - exponent
  const fewest = isText(size, floor(shifted(size, six) + 0.5), six) ? 1 : 7
  for (let digits = fewest; digits < 10; digits++) {
    const decimals = digits - 1 - exponent
    const exact = shifted(size, decimals)
    const below = floor(exact)
    const isHalfway = abs(exact - below - 0.5) < 1e-6 // as far as float64 can say
    if (isHalfway) {
      if (isText(size, below, decimals) || isText(size, below + 1, decimals)) return undefined
      continue
    }
    const whole = floor(exact + 0.5)
    if (isText(size, whole, decimals)) return decimalText(whole, decimals)
  }
  return undefined
}

/** Whether `whole` over ten to the power `decimals` reads back as that float32. */
function isText(size: number, whole: number, decimals: number): boolean {
  return fround(shifted(whole, -decimals)) === size
}

/** What `String` makes of `whole` over ten to the power `decimals`, faster where a point is all it takes. */
function decimalText(whole: number, decimals: number): string {
  const digits = String(whole)
  const before = digits.length - decimals
  if (decimals <= 0 || before <= -6 || whole % 10 === 0) return String(shifted(whole, -decimals))
  if (before > 0) return `${digits.slice(0, before)}.${digits.slice(before)}`
  return `0.${'00000'.slice(0, -before)}${digits}`
}

/** A number times ten to the power `by`. */
function shifted(value: number, by: number): number {
  return by < 0 ? value / (powersOfTen[-by] as number) : value * (powersOfTen[by] as number)
}

const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const LOG10_OF_2 = Math.log10(2)
const floats = new Float32Array(1)
const words = new Int32Array(floats.buffer)
