// MT19937's inner loop: what src/random/twist.ts defines.
import { define, type Expr, f32, i32, type Local, set } from './assembler.ts'
import { f64 } from './float64.ts'
import { AHEAD, WORDS } from './stream.ts'

type I32 = Expr<'i32'>
const bytes = (words: number) => i32.const(4 * words)
const shiftLeft = (a: I32, by: number) => i32.shiftLeft(a, i32.const(by))
const shiftRight = (a: I32, by: number) => i32.shiftRight(a, i32.const(by))
const mask = (a: I32, bits: number) => i32.and(a, i32.const(bits))

/** Remakes `state`; `words` is what it yields, `units` the same as floats in [0, 1). */
export const twist = define(
  'twist',
  ['state', 'words', 'units'],
  ({ state, words, units }, body) => {
    const [at, next, far] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [word, joined] = [body.local('i32'), body.local('i32')]
    const step = i32.const(4)
    /** `at` plus so many words, around the end of the state */
    const around = (by: number): I32 =>
      i32.select(
        i32.add(at, bytes(by)),
        i32.sub(at, bytes(WORDS - by)),
        i32.lessThan(at, bytes(WORDS - by)),
      )
    const wordAt = (place: I32) => i32.load(i32.add(state, place))
    return [
      set(at, i32.const(0)),
      body.loop(
        at,
        step,
        bytes(WORDS),
        set(next, wordAt(around(1))),
        set(far, wordAt(around(AHEAD))),
        set(joined, i32.or(mask(wordAt(at), 0x80000000), mask(next, 0x7fffffff))),
        set(word, i32.xor(far, shiftRight(joined, 1))),
        set(word, i32.xor(word, i32.mul(mask(next, 1), i32.const(0x9908b0df)))),
        i32.store(i32.add(state, at), word),
        ...temper(word),
        i32.store(i32.add(words, at), word),
        f32.store(
          i32.add(units, at),
          f64.toF32(f64.mul(f64.fromI32(mask(word, 0xffffff)), f64.const(2 ** -24))),
        ),
      ),
    ]
  },
)

function temper(word: Local<'i32'>) {
  return [
    set(word, i32.xor(word, shiftRight(word, 11))),
    set(word, i32.xor(word, mask(shiftLeft(word, 7), 0x9d2c5680))),
    set(word, i32.xor(word, mask(shiftLeft(word, 15), 0xefc60000))),
    set(word, i32.xor(word, shiftRight(word, 18))),
  ]
}
