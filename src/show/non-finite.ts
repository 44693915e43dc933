// Numbers that JSON has no form for are the strings "NaN", "Infinity" and "-Infinity".

/** For `JSON.stringify`. */
export function writeNonFinite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

/** For `JSON.parse`, where no text may be one of these words. */
export function readNonFinite(_key: string, value: unknown): unknown {
  return ['NaN', 'Infinity', '-Infinity'].includes(value as string) ? Number(value) : value
}
