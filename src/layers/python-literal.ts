// Values written as Python.

/** [3, 5] -> (3, 5) */
export function tuple(values: readonly number[]): string {
  return `(${values.join(', ')})`
}

/** A padding as nn.Conv2d takes it: numbers or 'same'. */
export function paddingOf(padding: readonly number[] | 'same'): string {
  return padding === 'same' ? "'same'" : tuple(padding)
}

/** true -> True */
export function bool(value: boolean): string {
  return value ? 'True' : 'False'
}

/** Plain data: { a: [1, true, 'x'] } -> {'a': [1, True, 'x']} */
export function pythonLiteral(value: unknown): string {
  if (typeof value === 'boolean') return bool(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`
  const entries = Object.entries(value as object)
  return `{${entries.map(([key, each]) => `${pythonLiteral(key)}: ${pythonLiteral(each)}`).join(', ')}}`
}
