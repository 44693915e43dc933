// WebAssembly's binary format, as much of it as two loops over vectors need.
// https://webassembly.github.io/spec/core/binary

/** Instructions as bytes; each leaves its value on the stack for the next one. */
export type Code = readonly number[]

/** One parameter or local of a function. */
export type Local = number

/** A whole number in LEB128, which all numbers of the format are. */
function leb(value: number): Code {
  const low = value & 0x7f
  const rest = value >> 7
  const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
  return last ? [low] : [low | 0x80, ...leb(rest)]
}

function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

const vector = (code: number) => [0xfd, ...unsigned(code)]
const memory =
  (op: Code, align: number) =>
  (address: Code, offset = 0) => [...address, ...op, align, ...unsigned(offset)]
const binary = (op: Code) => (a: Code, b: Code) => [...a, ...b, ...op]

export const get = (local: Local): Code => [0x20, ...unsigned(local)]
export const set = (local: Local, value: Code): Code => [...value, 0x21, ...unsigned(local)]

export const i32 = {
  const: (value: number): Code => [0x41, ...leb(value)],
  add: binary([0x6a]),
  load: memory([0x28], 2),
}

export const f32 = {
  add: binary([0x92]),
  load: memory([0x2a], 2),
  store: (address: Code, value: Code): Code => [...address, ...value, 0x38, 2, 0],
}

/** Four floats at once. */
export const f32x4 = {
  zero: [...vector(12), ...new Array(16).fill(0)] as Code,
  load: memory(vector(0), 2),
  /** one float four times */
  splat: memory(vector(9), 2),
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...vector(11),
    2,
    ...unsigned(offset),
  ],
  add: binary(vector(228)),
  multiply: binary(vector(230)),
  /** all bits where a > b */
  above: binary(vector(68)),
  lane: (value: Code, lane: number): Code => [...value, ...vector(31), lane],
}

/** Four whole numbers at once. */
export const i32x4 = {
  splat: (value: Code): Code => [...value, ...vector(17)],
  add: binary(vector(174)),
}

/** a where the mask's bits are set, else b. */
export const select = (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...vector(82)]

/** local += value */
export const increase = (local: Local, value: Code): Code => set(local, i32.add(get(local), value))

/** Repeats the body, which runs once at least, while local < limit. */
export const loopBelow = (local: Local, limit: Local, body: Code): Code => [
  ...[0x03, 0x40],
  ...body,
  ...get(local),
  ...get(limit),
  ...[0x48, 0x0d, 0x00, 0x0b], // i32.lt_s, br_if 0, end
]

export interface Procedure {
  readonly name: string
  readonly parameters: number
  /** how many locals it has of each type behind its parameters */
  readonly integers: number
  readonly vectors: number
  readonly body: Code
}

const I32 = 0x7f
const V128 = 0x7b

/** A module of procedures, without results, on an imported memory `js.memory`. */
export function moduleOf(procedures: readonly Procedure[]): Uint8Array<ArrayBuffer> {
  const name = (text: string) =>
    [text.length, ...text].map((c) => (typeof c === 'string' ? c.charCodeAt(0) : c))
  const list = (items: readonly Code[]) => [...unsigned(items.length), ...items.flat()]
  const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content]
  const types = procedures.map(({ parameters }) => [
    0x60,
    ...list(new Array(parameters).fill([I32])),
    0,
  ])
  const code = procedures.map(({ integers, vectors, body }) => {
    const locals = list([
      [...unsigned(integers), I32],
      [...unsigned(vectors), V128],
    ])
    const content = [...locals, ...body, 0x0b]
    return [...unsigned(content.length), ...content]
  })
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic and version
    ...section(1, list(types)),
    ...section(2, list([[...name('js'), ...name('memory'), 2, 0, 0]])),
    ...section(3, list(procedures.map((_, at) => unsigned(at)))),
    ...section(7, list(procedures.map((each, at) => [...name(each.name), 0, ...unsigned(at)]))),
    ...section(10, list(code)),
  ])
}
