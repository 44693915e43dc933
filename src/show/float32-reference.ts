/** What `float32Text` is for a number above 0, by its definition: one digit more until it reads back. */
export function shortestText(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
    // below a power of two float32 is twice as fine as above it, so the nearest decimal can miss
    // on the fine side where the next one up still reads back
    if (Number.isInteger(Math.log2(value))) {
      const unit = 10 ** (Math.floor(Math.log10(value)) - digits + 1)
      const next = Number((rounded + unit).toPrecision(digits))
      if (Math.fround(next) === value) return String(next)
    }
  }
  return String(Number(value.toPrecision(9)))
}
