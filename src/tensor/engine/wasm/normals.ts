// The normals of PyTorch's AVX2 and AVX-512 builds, four at a time: what src/random/box-muller.ts defines,
// and explains. A product that goes unrounded into a sum is taken in float64; where it is exact in
// float32 already, and where there is no sum, float32 gives the same bits.
import {
  type Body,
  define,
  f32x4,
  i32,
  type Local,
  type Stmt,
  set,
  type V128,
  v128,
} from './assembler.ts'
import { bits, f64x2, float32x4, halves, i32x4, joinLanes, locals } from './lanes.ts'
import { NORMALS_BLOCK } from './stream-sizes.ts'

const { add, sub, mul } = f32x4
const number = f32x4.const
const integer = (value: number) => i32x4.splat(i32.const(value))

const HALF_BLOCK = 4 * (NORMALS_BLOCK / 2) // bytes

/** Turns the blocks of uniforms from `at` to `end` into normals. */
export const normals = define('normals', ['at', 'end'], ({ at, end }, body) => {
  const half = body.local('i32')
  const radius = body.local('v128')
  const step = i32.const(HALF_BLOCK)
  return [
    body.loop(
      at,
      step,
      end,
      set(half, i32.add(at, step)),
      body.loop(
        at,
        i32.const(16),
        half,
        ...toRadius(at, radius, body),
        ...rotate(at, radius, body),
      ),
    ),
  ]
})

/** Sets `radius` to sqrt(-2 log(1 - u)) of the uniforms u at `at`, where 1 - u = m * 2^e. */
function toRadius(at: Local<'i32'>, radius: Local<'v128'>, body: Body): Stmt[] {
  const { rest, m, e, x, y, z, below } = locals(body, 'rest', 'm', 'e', 'x', 'y', 'z', 'below')
  const exponent = i32x4.sub(i32x4.shiftRight(rest, i32.const(23)), integer(126))
  const mantissa = bits.and(rest, integer(0x7fffff))
  const log = add(mul(e, number(0.693359375)), add(x, y))
  return [
    set(rest, sub(number(1), v128.load(at))),
    set(m, bits.or(mantissa, number(0.5))),
    set(below, float32x4.lessThan(m, number(Math.SQRT1_2))),
    set(e, float32x4.fromI32(i32x4.add(exponent, below))),
    set(x, add(sub(m, number(1)), bits.and(m, below))),
    set(z, mul(x, x)),
    ...polynomial(
      y,
      x,
      [
        0.07037683576345444, -0.11514610052108765, 0.11676998436450958, -0.12420140951871872,
        0.14249323308467865, -0.16668057441711426, 0.2000071406364441, -0.24999994039535522,
        0.3333333134651184,
      ],
      body,
    ),
    set(y, mul(y, x)),
    set(m, mul(e, number(-0.00021219444170128554))),
    set(y, fused(y, z, m)),
    set(y, sub(y, mul(z, number(0.5)))),
    set(radius, float32x4.sqrt(mul(number(-2), log))),
  ]
}

/** Replaces the pairs at `at` by r cos(2 pi u) and r sin(2 pi u), with the second ones' uniforms u. */
function rotate(at: Local<'i32'>, r: Local<'v128'>, body: Body): Stmt[] {
  const { angle, j, eighths, x, z } = locals(body, 'angle', 'j', 'eighths', 'x', 'z')
  const { c, s, least, half, swapped } = locals(body, 'c', 's', 'least', 'half', 'swapped')
  /** the sign bit where bit 2 is set */
  const negative = (value: V128) => i32x4.shiftLeft(bits.and(value, integer(4)), i32.const(29))
  const side = (value: V128, sign: V128) => add(mul(r, bits.xor(value, sign)), number(0))
  return [
    set(angle, mul(number(2 * Math.PI), v128.load(at, HALF_BLOCK))),
    set(j, i32x4.fromF32(mul(angle, number(4 / Math.PI)))),
    set(j, bits.and(i32x4.add(j, integer(1)), integer(~1))),
    set(eighths, float32x4.fromI32(j)),
    set(x, add(mul(eighths, number(-0.78515625)), angle)),
    set(x, add(mul(eighths, number(-0.00024187564849853516)), x)),
    set(least, number(-3.774895063202166e-8)),
    set(x, fused(eighths, least, x)),
    set(z, mul(x, x)),
    ...polynomial(c, z, [0.0000244331567955669, -0.0013887316454201937, 0.04166664555668831], body),
    set(c, mul(c, z)),
    set(half, mul(z, number(-0.5))),
    set(c, add(fused(c, z, half), number(1))),
    ...polynomial(
      s,
      z,
      [-0.00019515295571181923, 0.008332161232829094, -0.16666655242443085],
      body,
    ),
    set(s, mul(s, z)),
    set(s, fused(s, x, x)),
    set(swapped, i32x4.equal(bits.and(j, integer(2)), integer(2))),
    v128.store(at, side(bits.select(s, c, swapped), negative(i32x4.add(j, integer(2))))),
    v128.store(at, side(bits.select(c, s, swapped), negative(j)), HALF_BLOCK),
  ]
}

/** a * b + c, rounded once. */
function fused(a: Local<'v128'>, b: Local<'v128'>, c: Local<'v128'>): V128 {
  const [[a1, a2], [b1, b2], [c1, c2]] = [halves(a), halves(b), halves(c)]
  const sum = (a: V128, b: V128, c: V128) => f64x2.add(f64x2.mul(a, b), c)
  return joinLanes(sum(a1, b1, c1), sum(a2, b2, c2))
}

/** Sets y to the polynomial of x, the highest power's coefficient first; every step is rounded once. */
function polynomial(
  y: Local<'v128'>,
  x: Local<'v128'>,
  [highest, second, ...further]: [number, number, ...number[]],
  body: Body,
): Stmt[] {
  const { x1, x2, sum1, sum2 } = locals(body, 'x1', 'x2', 'sum1', 'sum2')
  const [half1, half2] = halves(x)
  const times = (sum: V128, x: V128, coefficient: number) =>
    f64x2.add(f64x2.mul(sum, x), f64x2.const(coefficient))
  const rounded = (sum: V128) => f64x2.fromF32(f64x2.toF32(sum))
  return [
    set(x1, half1),
    set(x2, half2),
    set(sum1, times(f64x2.const(highest), x1, second)),
    set(sum2, times(f64x2.const(highest), x2, second)),
    ...further.flatMap((coefficient) => [
      set(sum1, times(rounded(sum1), x1, coefficient)),
      set(sum2, times(rounded(sum2), x2, coefficient)),
    ]),
    set(y, joinLanes(sum1, sum2)),
  ]
}
