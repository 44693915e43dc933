// The sums of gradient-kernels.ts for one to four rows and eight positions at a time, and its maximum.
// All parameters are bytes: addresses, distances between rows, and lengths.
import {
  define,
  type Expr,
  f32,
  f32x4,
  i32,
  type Local,
  type Stmt,
  set,
  v128,
} from '../../../tensor/engine/wasm/assembler.ts'
import { above, addFloats, choose, increment, lane } from './instructions.ts'

/** Rows that are handled together. */
export const MOST_ROWS = 4

/** Bytes of four floats, of eight, and of a tap's two offsets. */
const HALF = 16
const BOTH = i32.const(2 * HALF)
const TAP = i32.const(8)

/** A value for each row, and in it for each half of the eight positions. */
const pairs = (rows: number, make: () => Local<'v128'>) =>
  Array.from({ length: rows }, () => [make(), make()] as const)

const increase = (local: Local<'i32'>, by: Expr<'i32'>) => set(local, i32.add(local, by))
const accumulate = (sum: Local<'v128'>, product: Expr<'v128'>) => set(sum, f32x4.add(sum, product))

const sumParameters = ['y', 'yStride', 'w', 'wStride', 'x', 'taps', 'tapsEnd', 'length'] as const

/** y[r, p] += Σ t  w[r, taps.w t] · x[taps.x t + p] */
export function correlate(rows: number) {
  return define(`correlate${rows}`, sumParameters, (given, body) => {
    const { y, yStride, w, wStride, x, taps, tapsEnd, length } = given
    const sums = pairs(rows, () => body.local('v128'))
    const [left, right, splat] = [body.local('v128'), body.local('v128'), body.local('v128')]
    const [p, t, from, weight, to] = [0, 1, 2, 3, 4].map(() => body.local('i32')) as Integers
    const tap = [
      set(from, i32.add(i32.add(x, p), i32.load(t))),
      set(weight, i32.add(w, i32.load(t, 4))),
      set(left, v128.load(from)),
      set(right, v128.load(from, HALF)),
      ...sums.flatMap(([first, second]) => [
        set(splat, f32x4.splat(weight)),
        accumulate(first, f32x4.mul(splat, left)),
        accumulate(second, f32x4.mul(splat, right)),
        increase(weight, wStride),
      ]),
    ]
    const eachRow = (visit: (row: readonly [Local<'v128'>, Local<'v128'>]) => readonly Stmt[]) => [
      set(to, i32.add(y, p)),
      ...sums.flatMap((row) => [...visit(row), increase(to, yStride)]),
    ]
    return [
      body.loop(
        p,
        BOTH,
        length,
        ...eachRow(([first, second]) => [
          set(first, v128.load(to)),
          set(second, v128.load(to, HALF)),
        ]),
        set(t, taps),
        body.loop(t, TAP, tapsEnd, ...tap),
        ...eachRow(([first, second]) => [v128.store(to, first), v128.store(to, second, HALF)]),
      ),
    ]
  })
}

type Integers = [Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>]

/** w[r, taps.w t] += Σ p  y[r, p] · x[taps.x t + p] */
export function correlateWeights(rows: number) {
  return define(`correlateWeights${rows}`, sumParameters, (given, body) => {
    const { y, yStride, w, wStride, x, taps, tapsEnd, length } = given
    const sums = pairs(rows, () => body.local('v128'))
    const [left, right] = [body.local('v128'), body.local('v128')]
    const [p, t, from, row, to] = [0, 1, 2, 3, 4].map(() => body.local('i32')) as Integers
    const block = [
      set(left, v128.load(from)),
      set(right, v128.load(from, HALF)),
      set(row, i32.add(y, p)),
      ...sums.flatMap(([first, second]) => [
        accumulate(first, f32x4.mul(v128.load(row), left)),
        accumulate(second, f32x4.mul(v128.load(row, HALF), right)),
        increase(row, yStride),
      ]),
      increase(from, BOTH),
    ]
    // the totals of all rows at once: lanes 0 to 3 of `left`
    const halves = sums.map(([first, second]) => set(first, f32x4.add(first, second)))
    const rowSum = (at: number) => (sums[Math.min(at, rows - 1)] as Halves)[0]
    const addUp = [
      ...halves,
      set(left, interleaved(rowSum(0), rowSum(1))),
      set(right, interleaved(rowSum(2), rowSum(3))),
      set(
        left,
        f32x4.add(v128.shuffle(left, right, 0, 1, 4, 5), v128.shuffle(left, right, 2, 3, 6, 7)),
      ),
      ...sums.flatMap((_, at) => [
        f32.store(to, addFloats(f32.load(to), lane(left, at))),
        increase(to, wStride),
      ]),
    ]
    return [
      set(t, taps),
      body.loop(
        t,
        TAP,
        tapsEnd,
        ...sums.flat().map((sum) => set(sum, f32x4.const(0))),
        set(from, i32.add(x, i32.load(t))),
        set(p, i32.const(0)),
        body.loop(p, BOTH, length, ...block),
        set(to, i32.add(w, i32.load(t, 4))),
        ...addUp,
      ),
    ]
  })
}

/** a0 + a2, b0 + b2, a1 + a3, b1 + b3 */
function interleaved(a: Local<'v128'>, b: Local<'v128'>): Expr<'v128'> {
  return f32x4.add(v128.shuffle(a, b, 0, 4, 1, 5), v128.shuffle(a, b, 2, 6, 3, 7))
}

const maximumParameters = ['highest', 'which', 'x', 'taps', 'tapsEnd', 'length'] as const

/** highest[p] = max(0, x[taps.x t + p] for all t); which[p] = the first such t */
export function maximum() {
  return define('maximum', maximumParameters, (given, body) => {
    const { highest, which, x, taps, tapsEnd, length } = given
    const [best, first] = pairs(2, () => body.local('v128')) as [Halves, Halves]
    const [values, mask, number] = [body.local('v128'), body.local('v128'), body.local('v128')]
    const [p, t, from] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const halves = (code: (half: 0 | 1) => readonly Stmt[]) => [...code(0), ...code(1)]
    const tap = [
      set(from, i32.add(i32.add(x, p), i32.load(t))),
      ...halves((half) => [
        set(values, v128.load(from, half * HALF)),
        set(mask, above(values, best[half])),
        set(best[half], choose(values, best[half], mask)),
        set(first[half], choose(number, first[half], mask)),
      ]),
      set(number, increment(number)),
    ]
    return [
      body.loop(
        p,
        BOTH,
        length,
        ...[number, ...best, ...first].map((local) => set(local, f32x4.const(0))),
        set(t, taps),
        body.loop(t, TAP, tapsEnd, ...tap),
        ...halves((half) => [
          v128.store(i32.add(highest, p), best[half], half * HALF),
          v128.store(i32.add(which, p), first[half], half * HALF),
        ]),
      ),
    ]
  })
}

type Halves = readonly [Local<'v128'>, Local<'v128'>]
