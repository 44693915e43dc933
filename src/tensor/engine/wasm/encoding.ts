// How WebAssembly's binary format writes numbers, names, lists and sections.

/** Bytes, in parts. */
export type Code = readonly (number | Code)[]

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f
  const rest = value >>> 7
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)]
}

/** Signed LEB128. */
export function signed(value: number): number[] {
  const low = value & 0x7f
  const rest = value >> 7
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
  return done ? [low] : [low | 0x80, ...signed(rest)]
}

export function float32Bytes(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value, true)
  return [0, 1, 2, 3].map((at) => view.getUint8(at))
}

export function float64Bytes(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value, true)
  return [0, 1, 2, 3, 4, 5, 6, 7].map((at) => view.getUint8(at))
}

export function section(id: number, content: Code): Code {
  return [id, sized(content)]
}

export function sized(content: Code): Code {
  const bytes = flat(content)
  return [unsigned(bytes.length), bytes]
}

export function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items]
}

export function text(words: string): Code {
  return vector([...new TextEncoder().encode(words)].map((byte) => [byte]))
}

export function flat(code: Code): number[] {
  const bytes: number[] = []
  const add = (part: Code) => {
    for (const each of part) typeof each === 'number' ? bytes.push(each) : add(each)
  }
  add(code)
  return bytes
}
