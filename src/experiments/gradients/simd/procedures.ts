// The sums of kernels.ts for one to four rows and eight positions at a time, and its maximum.
// All parameters are bytes: addresses, distances between rows, and lengths.
import {
  type Code,
  f32,
  f32x4,
  get,
  i32,
  i32x4,
  increase,
  type Local,
  loopBelow,
  type Procedure,
  select,
  set,
} from './assembler.ts'

/** Rows that are handled together. */
export const MOST_ROWS = 4

/** Bytes of four floats, of eight, and of a tap's two offsets. */
const HALF = 16
const STRIDE = 32
const TAP = 8

const each = (rows: number, code: (row: number) => Code) =>
  Array.from({ length: rows }, (_, row) => code(row)).flat()

/** y[r, p] += Σ t  w[r, taps.w t] · x[taps.x t + p] */
export function correlate(rows: number): Procedure {
  const [y, yStride, w, wStride, x, taps, tapsEnd, length] = [0, 1, 2, 3, 4, 5, 6, 7]
  const [p, to, t, from, weight] = [8, 9, 10, 11, 12]
  const [left, right, splat] = [13, 14, 15]
  const sum = (row: number, half: 0 | 1): Local => 16 + 2 * row + half
  const addTo = (local: Local, product: Code) => set(local, f32x4.add(get(local), product))

  const tap = [
    ...set(from, i32.add(i32.add(get(x), get(p)), i32.load(get(t)))),
    ...set(weight, i32.add(get(w), i32.load(get(t), 4))),
    ...set(left, f32x4.load(get(from))),
    ...set(right, f32x4.load(get(from), HALF)),
    ...each(rows, (row) => [
      ...set(splat, f32x4.splat(get(weight))),
      ...addTo(sum(row, 0), f32x4.multiply(get(splat), get(left))),
      ...addTo(sum(row, 1), f32x4.multiply(get(splat), get(right))),
      ...(row + 1 < rows ? increase(weight, get(wStride)) : []),
    ]),
    ...increase(t, i32.const(TAP)),
  ]
  const block = [
    ...set(to, i32.add(get(y), get(p))),
    ...each(rows, (row) => [
      ...set(sum(row, 0), f32x4.load(get(to))),
      ...set(sum(row, 1), f32x4.load(get(to), HALF)),
      ...increase(to, get(yStride)),
    ]),
    ...set(t, get(taps)),
    ...loopBelow(t, tapsEnd, tap),
    ...set(to, i32.add(get(y), get(p))),
    ...each(rows, (row) => [
      ...f32x4.store(get(to), get(sum(row, 0))),
      ...f32x4.store(get(to), get(sum(row, 1)), HALF),
      ...increase(to, get(yStride)),
    ]),
    ...increase(p, i32.const(STRIDE)),
  ]
  return {
    name: `correlate${rows}`,
    parameters: 8,
    integers: 5,
    vectors: 3 + 2 * rows,
    body: loopBelow(p, length, block),
  }
}

/** w[r, taps.w t] += Σ p  y[r, p] · x[taps.x t + p] */
export function correlateWeights(rows: number): Procedure {
  const [y, yStride, w, wStride, x, taps, tapsEnd, length] = [0, 1, 2, 3, 4, 5, 6, 7]
  const [p, to, t, from, row0] = [8, 9, 10, 11, 12]
  const [left, right] = [13, 14]
  const sum = (row: number, half: 0 | 1): Local => 15 + 2 * row + half
  const addTo = (local: Local, product: Code) => set(local, f32x4.add(get(local), product))

  const block = [
    ...set(left, f32x4.load(get(from))),
    ...set(right, f32x4.load(get(from), HALF)),
    ...set(row0, i32.add(get(y), get(p))),
    ...each(rows, (row) => [
      ...addTo(sum(row, 0), f32x4.multiply(f32x4.load(get(row0)), get(left))),
      ...addTo(sum(row, 1), f32x4.multiply(f32x4.load(get(row0), HALF), get(right))),
      ...(row + 1 < rows ? increase(row0, get(yStride)) : []),
    ]),
    ...increase(from, i32.const(STRIDE)),
    ...increase(p, i32.const(STRIDE)),
  ]
  const total = (row: number): Code => {
    const both = f32x4.add(get(sum(row, 0)), get(sum(row, 1)))
    const lanes = [0, 1, 2, 3].map((lane) => f32x4.lane(get(left), lane)) as [
      Code,
      Code,
      Code,
      Code,
    ]
    return [
      ...set(left, both),
      ...f32.store(
        get(to),
        f32.add(
          f32.load(get(to)),
          f32.add(f32.add(lanes[0], lanes[1]), f32.add(lanes[2], lanes[3])),
        ),
      ),
      ...increase(to, get(wStride)),
    ]
  }
  const tap = [
    ...each(2 * rows, (n) => set(sum(0, 0) + n, f32x4.zero)),
    ...set(from, i32.add(get(x), i32.load(get(t)))),
    ...set(p, i32.const(0)),
    ...loopBelow(p, length, block),
    ...set(to, i32.add(get(w), i32.load(get(t), 4))),
    ...each(rows, total),
    ...increase(t, i32.const(TAP)),
  ]
  return {
    name: `correlateWeights${rows}`,
    parameters: 8,
    integers: 5,
    vectors: 2 + 2 * rows,
    body: [...set(t, get(taps)), ...loopBelow(t, tapsEnd, tap)],
  }
}

/** highest[p] = max(0, x[taps.x t + p] for all t); which[p] = the first such t */
export function maximum(): Procedure {
  const [highest, which, x, taps, tapsEnd, length] = [0, 1, 2, 3, 4, 5]
  const [p, t, from] = [6, 7, 8]
  const [values, mask, number] = [9, 10, 11]
  const best = (half: 0 | 1): Local => 12 + half
  const first = (half: 0 | 1): Local => 14 + half
  const halves = (code: (half: 0 | 1) => Code) => [...code(0), ...code(1)]
  const tap = [
    ...set(from, i32.add(i32.add(get(x), get(p)), i32.load(get(t)))),
    ...halves((half) => [
      ...set(values, f32x4.load(get(from), half * HALF)),
      ...set(mask, f32x4.above(get(values), get(best(half)))),
      ...set(best(half), select(get(values), get(best(half)), get(mask))),
      ...set(first(half), select(get(number), get(first(half)), get(mask))),
    ]),
    ...set(number, i32x4.add(get(number), i32x4.splat(i32.const(1)))),
    ...increase(t, i32.const(TAP)),
  ]
  const block = [
    ...[number, best(0), best(1), first(0), first(1)].flatMap((local) => set(local, f32x4.zero)),
    ...set(t, get(taps)),
    ...loopBelow(t, tapsEnd, tap),
    ...halves((half) => [
      ...f32x4.store(i32.add(get(highest), get(p)), get(best(half)), half * HALF),
      ...f32x4.store(i32.add(get(which), get(p)), get(first(half)), half * HALF),
    ]),
    ...increase(p, i32.const(STRIDE)),
  ]
  return {
    name: 'maximum',
    parameters: 6,
    integers: 3,
    vectors: 7,
    body: loopBelow(p, length, block),
  }
}
