// The normals of PyTorch's AVX2 and AVX-512 builds: what src/random/box-muller.ts defines, and explains.
import { type Body, define, type Expr, f32, i32, type Local, type Stmt, set } from './assembler.ts'
import { type F64, f64 } from './float64.ts'
import { BLOCK } from './stream.ts'

const { add, sub, mul, div, neg, sqrt, round, select } = f64
const number = f64.const

const TWO_PI = number(Math.fround(2 * Math.PI))
const EIGHTHS_PER_RADIAN = number(Math.fround(4 / Math.PI))
const SQRT_HALF = number(Math.fround(Math.SQRT1_2))

const HALF_BLOCK = 4 * (BLOCK / 2) // bytes

/** Turns the blocks of uniforms from `at` to `end` into normals. */
export const normals = define('normals', ['at', 'end'], ({ at, end }, body) => {
  const half = body.local('i32')
  const radius = body.local('f64')
  const step = i32.const(HALF_BLOCK)
  return [
    body.loop(
      at,
      step,
      end,
      set(half, i32.add(at, step)),
      body.loop(
        at,
        i32.const(4),
        half,
        ...toRadius(f64.loadF32(at), radius, body),
        ...rotate(at, radius, body),
      ),
    ),
  ]
})

/** Sets `radius` to sqrt(-2 log(1 - u)), where 1 - u = m * 2^e. */
function toRadius(u: F64, radius: Local<'f64'>, body: Body): Stmt[] {
  const local = () => body.local('f64')
  const [m, e, x, y, z] = [local(), local(), local(), local(), local()]
  const [steps, bits] = [body.local('i32'), body.local('i32')]
  const log = add(mul(e, number(0.693359375)), round(add(x, y)))
  return [
    set(steps, f64.toI32(mul(sub(number(1), u), number(2 ** 24)))),
    set(bits, i32.sub(i32.const(32), i32.leadingZeros(steps))),
    set(m, div(f64.fromI32(steps), f64.fromI32(i32.shiftLeft(i32.const(1), bits)))),
    set(bits, i32.sub(bits, f64.lessThan(m, SQRT_HALF))),
    set(m, select(add(m, m), m, f64.lessThan(m, SQRT_HALF))),
    set(e, f64.fromI32(i32.sub(bits, i32.const(24)))),
    set(x, sub(m, number(1))),
    set(z, round(mul(x, x))),
    ...polynomial(
      y,
      x,
      [
        0.07037683576345444, -0.11514610052108765, 0.11676998436450958, -0.12420140951871872,
        0.14249323308467865, -0.16668057441711426, 0.2000071406364441, -0.24999994039535522,
        0.3333333134651184,
      ],
    ),
    set(y, round(mul(y, x))),
    set(y, round(add(mul(y, z), round(mul(e, number(-0.00021219444170128554)))))),
    set(y, round(sub(y, mul(z, number(0.5))))),
    set(radius, round(sqrt(round(mul(number(-2), round(log)))))),
  ]
}

/** Replaces the pair at `at` by r cos(2 pi u) and r sin(2 pi u), with the second one's uniform u. */
function rotate(at: Local<'i32'>, r: Local<'f64'>, body: Body): Stmt[] {
  const local = () => body.local('f64')
  const [angle, x, z, c, s] = [local(), local(), local(), local(), local()]
  const j = body.local('i32')
  const eighths = f64.fromI32(j)
  const swapped = i32.and(j, i32.const(2))
  const [cosine, sine] = [select(s, c, swapped), select(c, s, swapped)]
  const positive = (bits: Expr<'i32'>) => i32.and(bits, i32.const(4))
  const side = (value: F64) => f64.toF32(add(mul(r, value), number(0)))
  return [
    set(angle, round(mul(TWO_PI, f64.loadF32(at, HALF_BLOCK)))),
    set(j, f64.toI32(add(round(mul(angle, EIGHTHS_PER_RADIAN)), number(1)))),
    set(j, i32.and(j, i32.const(~1))),
    set(x, round(add(mul(eighths, number(-0.78515625)), angle))),
    set(x, round(add(mul(eighths, number(-0.00024187564849853516)), x))),
    set(x, round(add(mul(eighths, number(-3.774895063202166e-8)), x))),
    set(z, round(mul(x, x))),
    ...polynomial(c, z, [0.0000244331567955669, -0.0013887316454201937, 0.04166664555668831]),
    set(c, round(mul(c, z))),
    set(c, round(add(round(sub(mul(c, z), round(mul(z, number(0.5))))), number(1)))),
    ...polynomial(s, z, [-0.00019515295571181923, 0.008332161232829094, -0.16666655242443085]),
    set(s, round(mul(s, z))),
    set(s, round(add(mul(s, x), x))),
    f32.store(at, side(select(cosine, neg(cosine), positive(i32.sub(j, i32.const(2)))))),
    f32.store(at, side(select(neg(sine), sine, positive(j))), HALF_BLOCK),
  ]
}

/** Sets y to the polynomial of x with these coefficients, the highest power's first. */
function polynomial(y: Local<'f64'>, x: F64, [highest, ...rest]: [number, ...number[]]): Stmt[] {
  return [
    set(y, number(highest)),
    ...rest.map((coefficient) => set(y, round(add(mul(y, x), number(coefficient))))),
  ]
}
