// What the assembler knows of float64: arithmetic that is rounded to float32 where it is asked to be.
import { type Expr, f32, fromCode, memory, type Stmt } from './assembler.ts'
import { float64Bytes } from './encoding.ts'

export type F64 = Expr<'f64'>

const [asI32, asF32, asF64] = [fromCode('i32'), fromCode('f32'), fromCode('f64')]
const unary = (opcode: number) => (a: F64) => asF64(a.code, opcode)
const binary = (opcode: number) => (a: F64, b: F64) => asF64(a.code, b.code, opcode)

export const f64 = {
  const: (value: number): F64 => asF64(0x44, float64Bytes(value)),
  neg: unary(0x9a),
  sqrt: unary(0x9f),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  lessThan: (a: F64, b: F64): Expr<'i32'> => asI32(a.code, b.code, 0x63),
  /** a if the condition is not 0, else b */
  select: (a: F64, b: F64, condition: Expr<'i32'>): F64 =>
    asF64(a.code, b.code, condition.code, 0x1b),
  fromI32: (a: Expr<'i32'>): F64 => asF64(a.code, 0xb7), // signed
  /** towards 0; what is not a number becomes 0 */
  toI32: (a: F64): Expr<'i32'> => asI32(a.code, 0xfc, 0x02),
  toF32: (a: F64): Expr<'f32'> => asF32(a.code, 0xb6),
  /** the nearest float32, as `Math.fround` gives it */
  round: (a: F64): F64 => asF64(f64.toF32(a).code, 0xbb),
  load: (address: Expr<'i32'>, offset = 0): F64 => asF64(address.code, 0x2b, memory(3, offset)),
  loadF32: (address: Expr<'i32'>, offset = 0): F64 => asF64(f32.load(address, offset).code, 0xbb),
  store: (address: Expr<'i32'>, value: F64, offset = 0): Stmt => ({
    code: [address.code, value.code, 0x39, memory(3, offset)],
  }),
}
