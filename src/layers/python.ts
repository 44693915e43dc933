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
