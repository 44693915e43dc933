// What the assembler knows of float64 by itself.
import { type Expr, f32, fromCode, memory } from './assembler.ts'

type F64 = Expr<'f64'>

const [asI32, asF64] = [fromCode('i32'), fromCode('f64')]
const binary = (opcode: number) => (a: F64, b: F64) => asF64(a.code, b.code, opcode)

export const f64 = {
  sub: binary(0xa1),
  mul: binary(0xa2),
  /** towards 0; what is not a number becomes 0 */
  toI32: (a: F64): Expr<'i32'> => asI32(a.code, 0xfc, 0x02),
  load: (address: Expr<'i32'>, offset = 0): F64 => asF64(address.code, 0x2b, memory(3, offset)),
  loadF32: (address: Expr<'i32'>, offset = 0): F64 => asF64(f32.load(address, offset).code, 0xbb),
}
