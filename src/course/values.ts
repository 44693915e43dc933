// What the functions of exercises take and give back.

/** A JSON value made of numbers: what the functions of exercises take and give back. */
export type Value =
  | number
  | boolean
  | string
  | null
  | readonly Value[]
  | { readonly [key: string]: Value }

/** Equal up to rounding to float32, whatever is nested in it. */
export function nearlyEqual(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-5 + 1e-4 * Math.abs(b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, at) => nearlyEqual(value, b[at]))
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(b)
    return (
      names.length === Object.keys(a).length && names.every((name) => nearlyEqual(a[name], b[name]))
    )
  }
  return a === b
}

export function isObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as JavaScript writes it, its numbers rounded to five digits. */
export function valueLiteral(value: Value): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(', ')}]`
  if (isObject(value)) {
    const fields = Object.entries(value).map(([name, each]) => `${name}: ${valueLiteral(each)}`)
    return `{ ${fields.join(', ')} }`
  }
  return typeof value === 'number' ? String(Number(value.toPrecision(5))) : JSON.stringify(value)
}
