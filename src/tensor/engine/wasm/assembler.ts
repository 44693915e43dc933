// A small assembler for WebAssembly. Expressions and locals carry their type, so that what the
// validator would refuse does not compile in TypeScript; everything else is bytes in order.
// WebAssembly 2.0 with fixed-width SIMD, and `f32x4.relaxed_madd` of relaxed SIMD.
import {
  type Code,
  flat,
  float32Bytes,
  section,
  signed,
  sized,
  text,
  unsigned,
  vector,
} from './encoding.ts'

type Type = 'i32' | 'f32' | 'f64' | 'v128'

/** Code that leaves a value of that type on the stack. */
export interface Expr<T extends Type> {
  readonly type: T
  readonly code: Code
}
/** Code that leaves nothing. */
export interface Stmt {
  readonly code: Code
}

export interface Local<T extends Type> extends Expr<T> {
  readonly index: number
}

const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b }
const SIMD = 0xfd

export const fromCode =
  <T extends Type>(type: T) =>
  (...code: Code): Expr<T> => ({ type, code })
const [asI32, asF32, asV128] = [fromCode('i32'), fromCode('f32'), fromCode('v128')]

type I32 = Expr<'i32'>
export type V128 = Expr<'v128'>

export const memory = (align: number, offset: number): Code => [align, unsigned(offset)]
const simd = (opcode: number): Code => [SIMD, unsigned(opcode)]

const binary = (opcode: number) => (a: I32, b: I32) => asI32(a.code, b.code, opcode)
const lanewise = (opcode: number) => (a: V128, b: V128) => asV128(a.code, b.code, simd(opcode))

export const i32 = {
  const: (value: number): I32 => asI32(0x41, signed(value)),
  load: (address: I32, offset = 0): I32 => asI32(address.code, 0x28, memory(2, offset)),
  store: (address: I32, value: I32): Stmt => ({
    code: [address.code, value.code, 0x36, memory(2, 0)],
  }),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  shiftRight: binary(0x76), // unsigned
  lessThan: binary(0x49), // unsigned
  equal: binary(0x46),
  /** a if the condition is not 0, else b */
  select: (a: I32, b: I32, condition: I32): I32 => asI32(a.code, b.code, condition.code, 0x1b),
}

export const f32 = {
  load: (address: I32, offset = 0): Expr<'f32'> => asF32(address.code, 0x2a, memory(2, offset)),
  store: (address: I32, value: Expr<'f32'>, offset = 0): Stmt => ({
    code: [address.code, value.code, 0x38, memory(2, offset)],
  }),
}

export const v128 = {
  load: (address: I32, offset = 0): V128 => asV128(address.code, simd(0x00), memory(2, offset)),
  store: (address: I32, value: V128, offset = 0): Stmt => ({
    code: [address.code, value.code, simd(0x0b), memory(2, offset)],
  }),
  /** the four lanes of a, then those of b, are 0 to 7: picks four of them */
  shuffle: (a: V128, b: V128, ...lanes: [number, number, number, number]): V128 =>
    asV128(
      a.code,
      b.code,
      simd(0x0d),
      lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
    ),
}

export const f32x4 = {
  const: (value: number): V128 =>
    asV128(
      simd(0x0c),
      [0, 1, 2, 3].flatMap(() => float32Bytes(value)),
    ),
  /** one value of memory in all four lanes */
  splat: (address: I32, offset = 0): V128 => asV128(address.code, simd(0x09), memory(2, offset)),
  /** `lanes` with one of them read from memory */
  loadLane: (address: I32, lanes: V128, lane: number, offset = 0): V128 =>
    asV128(address.code, lanes.code, simd(0x56), memory(2, offset), lane),
  add: lanewise(0xe4),
  sub: lanewise(0xe5),
  mul: lanewise(0xe6),
  /** a * b + c, rounded once where the processor can */
  relaxedMadd: (a: V128, b: V128, c: V128): V128 => asV128(a.code, b.code, c.code, simd(0x105)),
}

/** A function under construction: makes locals. */
export class Body {
  readonly types: Type[] = []
  readonly parameters: number

  constructor(parameters: number) {
    this.parameters = parameters
  }

  local<T extends Type>(type: T): Local<T> {
    const index = this.parameters + this.types.push(type) - 1
    return localAt(index, type)
  }

  /** Steps `by` from the local's value to `end`, at least once; the local ends there. */
  loop(counter: Local<'i32'>, by: I32, end: I32, ...statements: Stmt[]): Stmt {
    return repeatWhile(
      [...statements, set(counter, i32.add(counter, by))],
      i32.lessThan(counter, end),
    )
  }
}

function localAt<T extends Type>(index: number, type: T): Local<T> {
  return { index, type, code: [0x20, unsigned(index)] }
}

export function set<T extends Type>(local: Local<T>, value: Expr<NoInfer<T>>): Stmt {
  return { code: [value.code, 0x21, unsigned(local.index)] }
}

/** Runs the statements, and again as long as the condition is not 0. */
export function repeatWhile(statements: readonly Stmt[], condition: I32): Stmt {
  return { code: [0x03, 0x40, codeOf(statements), condition.code, 0x0d, 0, 0x0b] }
}

export function when(condition: I32, then: readonly Stmt[], otherwise: readonly Stmt[]): Stmt[] {
  return [{ code: [condition.code, 0x04, 0x40, codeOf(then), 0x05, codeOf(otherwise), 0x0b] }]
}

function codeOf(statements: readonly Stmt[]): Code {
  return statements.map(({ code }) => code)
}

export interface FunctionCode<Names extends string = string> {
  readonly name: string
  readonly parameters: readonly Names[]
  readonly types: readonly Type[]
  readonly code: Code
}

/** A function of i32 parameters without result. */
export function define<Names extends string>(
  name: string,
  parameters: readonly Names[],
  write: (given: Readonly<Record<Names, Local<'i32'>>>, body: Body) => readonly Stmt[],
): FunctionCode<Names> {
  const given = Object.fromEntries(
    parameters.map((parameter, index) => [parameter, localAt(index, 'i32')]),
  ) as Record<Names, Local<'i32'>>
  const body = new Body(parameters.length)
  const code = codeOf(write(given, body))
  return { name, parameters, types: body.types, code }
}

/** A module of these functions, all exported, which imports its memory as `env.memory`. */
export function assemble(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  const counts = [...new Set(functions.map(({ parameters }) => parameters.length))]
  const bytes = [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    section(1, vector(counts.map((n) => [0x60, vector(Array(n).fill([valueTypes.i32])), 0]))),
    section(2, vector([[text('env'), text('memory'), 0x02, 0x00, 1]])),
    section(
      3,
      vector(functions.map(({ parameters }) => unsigned(counts.indexOf(parameters.length)))),
    ),
    section(7, vector(functions.map(({ name }, at) => [text(name), 0x00, unsigned(at)]))),
    section(10, vector(functions.map(bodyOf))),
  ]
  return Uint8Array.from(flat(bytes))
}

function bodyOf({ types, code }: FunctionCode): Code {
  const locals = vector(types.map((type) => [1, valueTypes[type]]))
  return sized([locals, code, 0x0b])
}
