// Sums over many values, four in float64 side by side: what src/tensor/sums-reference.ts defines. `at` is
// where the sums are, each in eight bytes.
import {
  type Body,
  define,
  f32x4,
  i32,
  type Local,
  repeatWhile,
  type Stmt,
  set,
  type V128,
  v128,
  when,
} from './assembler.ts'
import { f64 } from './float64.ts'
import { f64x2, float32x4, halves, locals } from './lanes.ts'

const step = i32.const(4)

export const range = define('range', ['from', 'end', 'at'], ({ from, end, at }, body) => {
  const { min, max, ab, cd } = locals(body, 'min', 'max', 'ab', 'cd')
  return [
    set(min, bothToFour(f64x2.splat(at))),
    set(max, bothToFour(f64x2.splat(at, 8))),
    set(ab, v128.load(at, 16)),
    set(cd, v128.load(at, 32)),
    ...inFours(from, end, body, f64x2.const(0), ({ values, first, second }) => [
      set(min, float32x4.smaller(min, values)),
      set(max, float32x4.larger(max, values)),
      set(ab, f64x2.add(ab, first)),
      set(cd, f64x2.add(cd, second)),
    ]),
    ...across(min, float32x4.smaller),
    ...across(max, float32x4.larger),
    v128.store(at, f64x2.fromF32(min)),
    v128.store(at, f64x2.fromF32(max), 8),
    v128.store(at, ab, 16),
    v128.store(at, cd, 32),
  ]
})

export const deviations = define('deviations', ['from', 'end', 'at'], ({ from, end, at }, body) => {
  const { mean, ab, cd, square } = locals(body, 'mean', 'ab', 'cd', 'square')
  return [
    set(mean, f64x2.splat(at)),
    set(ab, v128.load(at, 8)),
    set(cd, v128.load(at, 24)),
    ...inFours(from, end, body, mean, ({ first, second }) => [
      set(square, f64x2.sub(first, mean)),
      set(ab, f64x2.add(ab, f64x2.mul(square, square))),
      set(square, f64x2.sub(second, mean)),
      set(cd, f64x2.add(cd, f64x2.mul(square, square))),
    ]),
    v128.store(at, ab, 8),
    v128.store(at, cd, 24),
  ]
})

/** Sums up channel after channel of so many bytes; each sum is joined, and stands at `at` after the one before. */
export const channels = define(
  'channels',
  ['from', 'end', 'bytes', 'at'],
  ({ from, end, bytes, at }, body) => {
    const { ab, cd, ef, gh, pairs } = locals(body, 'ab', 'cd', 'ef', 'gh', 'pairs')
    const channelEnd = body.local('i32')
    return [
      repeatWhile(
        [
          set(channelEnd, i32.add(from, bytes)),
          ...[ab, cd, ef, gh].map((sums) => set(sums, f64x2.const(0))),
          ...inGroups(2, from, channelEnd, body, f64x2.const(0), (one, other) => [
            set(ab, f64x2.add(ab, one.first)),
            set(cd, f64x2.add(cd, one.second)),
            set(ef, f64x2.add(ef, other.first)),
            set(gh, f64x2.add(gh, other.second)),
          ]),
          set(ab, f64x2.add(ab, ef)),
          set(cd, f64x2.add(cd, gh)),
          set(pairs, f64x2.add(v128.shuffle(ab, cd, 0, 1, 4, 5), v128.shuffle(ab, cd, 2, 3, 6, 7))),
          v128.store(at, f64x2.add(pairs, v128.shuffle(pairs, pairs, 2, 3, 0, 1))),
          set(at, i32.add(at, i32.const(8))),
        ],
        i32.lessThan(from, end),
      ),
    ]
  },
)

export const bins = define('bins', ['from', 'end', 'at', 'counts'], (given, body) => {
  const { from, end, at, counts } = given
  const [min, scale, count] = [body.local('f64'), body.local('f64'), body.local('i32')]
  const bin = f64.toI32(f64.mul(f64.sub(f64.loadF32(from), min), scale))
  return [
    set(min, f64.load(at)),
    set(scale, f64.load(at, 8)),
    body.loop(
      from,
      step,
      end,
      set(count, i32.add(counts, i32.mul(bin, step))),
      i32.store(count, i32.add(i32.load(count), i32.const(1))),
    ),
  ]
})

/** Four values, as float32 and as twice two float64. */
type Four = Readonly<Record<'values' | 'first' | 'second', Local<'v128'>>>

/** Statements for four values at a time; see `inGroups`. */
function inFours(
  from: Local<'i32'>,
  end: Local<'i32'>,
  body: Body,
  neutral: V128,
  statements: (four: Four) => Stmt[],
): Stmt[] {
  return inGroups(1, from, end, body, neutral, statements)
}

/**
 * Statements for so many times four values; then for each that is left over, in the first lane of the first
 * four, while all other lanes of float64 hold `neutral`.
 */
function inGroups<Fours extends 1 | 2>(
  count: Fours,
  from: Local<'i32'>,
  end: Local<'i32'>,
  body: Body,
  neutral: V128,
  statements: (...fours: Fours extends 1 ? [Four] : [Four, Four]) => Stmt[],
): Stmt[] {
  const fours = Array.from({ length: count }, () => locals(body, 'values', 'first', 'second'))
  const given = fours as Parameters<typeof statements>
  const [{ values, first, second }, ...others] = fours as [Four, ...Four[]]
  const whole = body.local('i32')
  const bytes = 16 * count
  return [
    set(whole, i32.add(from, i32.and(i32.sub(end, from), i32.const(-bytes)))),
    ...when(
      i32.lessThan(from, whole),
      [
        body.loop(
          from,
          i32.const(bytes),
          whole,
          ...fours.flatMap((four, at) => {
            const [half1, half2] = halves(four.values)
            return [
              set(four.values, v128.load(from, 16 * at)),
              set(four.first, half1),
              set(four.second, half2),
            ]
          }),
          ...statements(...given),
        ),
      ],
      [],
    ),
    ...when(
      i32.lessThan(from, end),
      [
        ...[second, ...others.flatMap((four) => [four.first, four.second])].map((lanes) =>
          set(lanes, neutral),
        ),
        body.loop(
          from,
          step,
          end,
          set(values, f32x4.splat(from)),
          set(first, v128.shuffle(halves(values)[0], second, 0, 1, 4, 5)),
          ...statements(...given),
        ),
      ],
      [],
    ),
  ]
}

/** Both float64 as four float32: of one value, four times that. */
function bothToFour(lanes: V128): V128 {
  return v128.shuffle(f64x2.toF32(lanes), f64x2.toF32(lanes), 0, 1, 0, 1)
}

/** Leaves in every lane what is the smallest, or largest, of all; 0 in place of -0. */
function across(lanes: Local<'v128'>, pick: (a: V128, b: V128) => V128): Stmt[] {
  return [
    set(lanes, pick(lanes, v128.shuffle(lanes, lanes, 2, 3, 0, 1))),
    set(lanes, pick(lanes, v128.shuffle(lanes, lanes, 1, 0, 3, 2))),
    set(lanes, f32x4.add(lanes, f32x4.const(0))),
  ]
}
