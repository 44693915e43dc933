// MT19937's inner loop (Matsumoto and Nishimura, 1998).
import { AHEAD, STATE_WORDS } from '../tensor/engine/wasm/stream-sizes.ts'

/** What `twist` of stream-kernels.ts does, by its definition. */
export function twistByDefinition(state: Int32Array, units: Float32Array): void {
  const at = (i: number) => state[i % STATE_WORDS] as number
  for (let drawn = 0; drawn < units.length; drawn += STATE_WORDS)
    for (let i = 0; i < STATE_WORDS; i++) {
      const joined = (at(i) & 0x80000000) | (at(i + 1) & 0x7fffffff)
      state[i] = at(i + AHEAD) ^ (joined >>> 1) ^ (-(joined & 1) & 0x9908b0df)
      units[drawn + i] = (temper(at(i)) & 0xffffff) * 2 ** -24
    }
}

/** What a state word yields: its bits are spread, so that every one is equally random. */
export function temper(word: number): number {
  let bits = word ^ (word >>> 11)
  bits ^= (bits << 7) & 0x9d2c5680
  bits ^= (bits << 15) & 0xefc60000
  return bits ^ (bits >>> 18)
}
