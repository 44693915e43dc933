// The normals of PyTorch's AVX2 and AVX-512 builds, bit for bit. Every operation is rounded to
// float32, except that a product goes unrounded into the sum it is part of: those builds fuse
// the two. Fusing in double and rounding once is the same thing here; all 2^24 possible uniforms
// have been tried. The polynomials are Cephes' logf, sinf and cosf, their coefficients written as
// the float32 they round to.
import { NORMALS_BLOCK } from '../tensor/engine/wasm/stream-sizes.ts'

const { fround, sqrt } = Math

const TWO_PI = fround(2 * Math.PI)
const EIGHTHS_PER_RADIAN = fround(4 / Math.PI)
const SQRT_HALF = fround(Math.SQRT1_2)

const HALF_BLOCK = NORMALS_BLOCK / 2

/** What `toNormals` of stream-kernels.ts does, by its definition. */
export function toNormalsByDefinition(values: Float32Array): void {
  for (let start = 0; start < values.length; start += NORMALS_BLOCK) {
    toRadii(values, start)
    rotate(values, start)
  }
}

/**
 * Replaces the first eight uniforms u by radii sqrt(-2 log(1 - u)).
 *
 * 1 - u = m * 2^e with m in [sqrt(1/2), sqrt(2)); x = m - 1; z = x^2; y becomes log(m) - x.
 */
function toRadii(values: Float32Array, start: number): void {
  for (let i = start; i < start + HALF_BLOCK; i++) {
    const steps = 2 ** 24 - (values[i] as number) * 2 ** 24
    const bits = 32 - Math.clz32(steps)
    const m = steps / (1 << bits)
    let e = bits - 24
    let x = m - 1
    if (m < SQRT_HALF) {
      e -= 1
      x = fround(x + m)
    }
    const z = fround(x * x)
    let y = fround(0.07037683576345444 * x - 0.11514610052108765)
    y = fround(y * x + 0.11676998436450958)
    y = fround(y * x - 0.12420140951871872)
    y = fround(y * x + 0.14249323308467865)
    y = fround(y * x - 0.16668057441711426)
    y = fround(y * x + 0.2000071406364441)
    y = fround(y * x - 0.24999994039535522)
    y = fround(y * x + 0.3333333134651184)
    y = fround(y * x)
    // log 2 comes in two parts, so that e times the larger one is exact.
    y = fround(y * z + fround(e * -0.00021219444170128554))
    y = fround(y - z * 0.5)
    const log = fround(e * 0.693359375 + fround(x + y))
    values[i] = sqrt(fround(-2 * log))
  }
}

/**
 * Replaces each radius r and its uniform u by r cos(2 pi u) and r sin(2 pi u).
 *
 * j is the even eighth of a turn nearest to the angle; x the angle left, within an eighth of a
 * turn; z = x^2; c and s are its cosine and sine, which j swaps and gives their signs.
 */
function rotate(values: Float32Array, start: number): void {
  for (let i = start; i < start + HALF_BLOCK; i++) {
    const r = values[i] as number
    const angle = fround(TWO_PI * (values[i + HALF_BLOCK] as number))
    const j = (fround(angle * EIGHTHS_PER_RADIAN) + 1) & ~1
    // pi/4 comes in three parts, so that j times the first ones is exact.
    let x = fround(j * -0.78515625 + angle)
    x = fround(j * -0.00024187564849853516 + x)
    x = fround(j * -3.774895063202166e-8 + x)
    const z = fround(x * x)
    let c = fround(0.0000244331567955669 * z - 0.0013887316454201937)
    c = fround(c * z + 0.04166664555668831)
    c = fround(c * z)
    c = fround(fround(c * z - fround(z * 0.5)) + 1)
    let s = fround(-0.00019515295571181923 * z + 0.008332161232829094)
    s = fround(s * z - 0.16666655242443085)
    s = fround(s * z)
    s = fround(s * x + x)
    const swapped = (j & 2) !== 0
    const cosine = swapped ? s : c
    const sine = swapped ? c : s
    // Adding 0 turns -0 into 0, as PyTorch's adding of the mean does.
    values[i] = r * (((j - 2) & 4) === 0 ? -cosine : cosine) + 0
    values[i + HALF_BLOCK] = r * ((j & 4) === 0 ? sine : -sine) + 0
  }
}
