// What the assembler knows of whole numbers and float64 in lanes, and of the way between them and float32.
import { type Body, type Expr, fromCode, type Local, type V128, v128 } from './assembler.ts'
import { type Code, float64Bytes, unsigned } from './encoding.ts'

type I32 = Expr<'i32'>

const asV128 = fromCode('v128')
const simd = (opcode: number): Code => [0xfd, unsigned(opcode)]
const unary = (opcode: number) => (a: V128) => asV128(a.code, simd(opcode))
const binary = (opcode: number) => (a: V128, b: V128) => asV128(a.code, b.code, simd(opcode))
const shift = (opcode: number) => (a: V128, by: I32) => asV128(a.code, by.code, simd(opcode))

export const bits = {
  and: binary(0x4e),
  or: binary(0x50),
  xor: binary(0x51),
  /** the bits of a where the mask's are 1, else those of b */
  select: (a: V128, b: V128, mask: V128): V128 => asV128(a.code, b.code, mask.code, simd(0x52)),
}

export const i32x4 = {
  splat: (value: I32): V128 => asV128(value.code, simd(0x11)),
  equal: binary(0x37),
  shiftLeft: shift(0xab),
  shiftRight: shift(0xad), // unsigned
  add: binary(0xae),
  sub: binary(0xb1),
  /** towards 0, from float32 */
  fromF32: unary(0xf8),
}

export const float32x4 = {
  sqrt: unary(0xe3),
  lessThan: binary(0x43),
  /** b where b < a, else a */
  smaller: binary(0xea),
  /** b where a < b, else a */
  larger: binary(0xeb),
  fromI32: unary(0xfa), // signed
}

export const f64x2 = {
  const: (value: number): V128 => asV128(simd(0x0c), float64Bytes(value), float64Bytes(value)),
  /** one value of memory in both lanes */
  splat: (address: I32, offset = 0): V128 => asV128(address.code, simd(0x0a), 3, unsigned(offset)),
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  /** the first two of four float32 */
  fromF32: unary(0x5f),
  /** the nearest float32, and two lanes of 0 behind them */
  toF32: unary(0x5e),
}

/** New locals of lanes, by name. */
export function locals<Names extends string>(body: Body, ...names: Names[]) {
  const made = names.map((name) => [name, body.local('v128')])
  return Object.fromEntries(made) as Record<Names, Local<'v128'>>
}

/** Four float32 as twice two float64. */
export function halves(lanes: Local<'v128'>): [V128, V128] {
  return [f64x2.fromF32(lanes), f64x2.fromF32(v128.shuffle(lanes, lanes, 2, 3, 2, 3))]
}

/** Twice two float64, rounded to four float32. */
export function joinLanes(first: V128, second: V128): V128 {
  return v128.shuffle(f64x2.toF32(first), f64x2.toF32(second), 0, 1, 4, 5)
}
