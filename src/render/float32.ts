/**
 * The shortest decimal text that reads back to the same float32, as JSON; numbers that JSON has
 * no form for are the strings "NaN", "Infinity" and "-Infinity".
 */
export function float32Text(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
    // below a power of two float32 is twice as fine as above it, so the nearest decimal can miss
    // on the fine side where the next one up still reads back
    if (isPowerOfTwo(value)) {
      const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1)
      const next = Number((rounded + Math.sign(value) * unit).toPrecision(digits))
      if (Math.fround(next) === value) return String(next)
    }
  }
  return String(Number(value.toPrecision(9)))
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(Math.abs(value)))
}
