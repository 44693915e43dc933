// MT19937's inner loop, four words at a time: what src/random/twist.ts defines.
import { define, f32x4, i32, type Local, set, type V128, v128 } from './assembler.ts'
import { bits, float32x4, i32x4 } from './lanes.ts'
import { AHEAD, STATE_WORDS } from './stream-sizes.ts'

const integer = (value: number) => i32x4.splat(i32.const(value))
const shiftLeft = (a: V128, by: number) => i32x4.shiftLeft(a, i32.const(by))
const shiftRight = (a: V128, by: number) => i32x4.shiftRight(a, i32.const(by))
const mask = (a: V128, ones: number) => bits.and(a, integer(ones))

/**
 * Writes states behind the one at `at`, until the words from `at` to `end` have their successors; `units`
 * is what the new words yield, as floats in [0, 1).
 */
export const twistFunction = define('twist', ['at', 'end', 'units'], ({ at, end, units }, body) => {
  const [next, word, joined] = [body.local('v128'), body.local('v128'), body.local('v128')]
  const step = i32.const(16)
  return [
    body.loop(
      at,
      step,
      end,
      set(next, v128.load(at, 4)),
      set(joined, bits.or(mask(v128.load(at), 0x80000000), mask(next, 0x7fffffff))),
      set(word, bits.xor(v128.load(at, 4 * AHEAD), shiftRight(joined, 1))),
      set(word, bits.xor(word, mask(i32x4.equal(mask(next, 1), integer(1)), 0x9908b0df))),
      v128.store(at, word, 4 * STATE_WORDS),
      ...temper(word),
      v128.store(units, f32x4.mul(float32x4.fromI32(mask(word, 0xffffff)), f32x4.const(2 ** -24))),
      set(units, i32.add(units, step)),
    ),
  ]
})

function temper(word: Local<'v128'>) {
  return [
    set(word, bits.xor(word, shiftRight(word, 11))),
    set(word, bits.xor(word, mask(shiftLeft(word, 7), 0x9d2c5680))),
    set(word, bits.xor(word, mask(shiftLeft(word, 15), 0xefc60000))),
    set(word, bits.xor(word, shiftRight(word, 18))),
  ]
}
