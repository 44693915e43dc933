// Instructions besides those that convolution needs: sums across lanes, and choosing lane by lane.
import type { Expr, V128 } from '../../../tensor/engine/wasm/assembler.ts'

type F32 = Expr<'f32'>

const SIMD = 0xfd
const vector = (...code: Expr<'v128'>['code']): V128 => ({ type: 'v128', code })
const float = (...code: Expr<'f32'>['code']): F32 => ({ type: 'f32', code })

export const addFloats = (a: F32, b: F32): F32 => float(a.code, b.code, 0x92)

/** One of four floats. */
export const lane = (x: V128, at: number): F32 => float(x.code, SIMD, 0x1f, at)

/** All bits of a lane where a > b. */
export const above = (a: V128, b: V128): V128 => vector(a.code, b.code, SIMD, 0x44)

/** a where the mask's bits are set, else b. */
export const choose = (a: V128, b: V128, mask: V128): V128 =>
  vector(a.code, b.code, mask.code, SIMD, 0x52)

/** Whole numbers, each one more than before. */
export const increment = (x: V128): V128 => vector(x.code, 0x41, 1, SIMD, 0x11, SIMD, 0xae, 0x01) // i32.const 1, i32x4.splat, i32x4.add
