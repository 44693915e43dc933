/** How many 32-bit words the engine holds and remakes at a time. */
const WORDS = 624
/** How far ahead lies the word that is mixed into the one being remade. */
const AHEAD = 397

/**
 * MT19937, the generator behind PyTorch's CPU stream (Matsumoto and Nishimura, 1998).
 *
 * The state is held as signed words: small signed integers stay out of the heap while the code
 * is still cold, and a run draws only a few thousand numbers, most of them before it is compiled.
 */
export class MersenneTwister {
  readonly #state = new Int32Array(WORDS)
  #position = WORDS

  /** @param seed only its low 32 bits count, as in PyTorch */
  constructor(seed: number) {
    const state = this.#state
    let word = seed | 0
    state[0] = word
    for (let j = 1; j < WORDS; j++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + j) | 0
      state[j] = word
    }
  }

  /** The next word, as a signed 32-bit integer: mask it, or `>>> 0` it. */
  random32(): number {
    if (this.#position === WORDS) {
      twist(this.#state)
      this.#position = 0
    }
    return temper(this.#state[this.#position++] as number)
  }

  /** A double in [0, 1) from 53 bits; two words, the first drawn being the high half. */
  unit53(): number {
    const high = this.random32() & 0x1fffff
    const low = this.random32() >>> 0
    return (high * 2 ** 32 + low) * 2 ** -53
  }

  /** Fills a run of `values` with floats in [0, 1) of 24 bits each, one word an element. */
  fillUnit24(values: Float32Array, start: number, end: number): void {
    const state = this.#state
    let position = this.#position
    for (let i = start; i < end; i++) {
      if (position === WORDS) {
        twist(state)
        position = 0
      }
      values[i] = (temper(state[position++] as number) & 0xffffff) * 2 ** -24
    }
    this.#position = position
  }
}

/** Remakes every word from its successor's low bits, its own top bit and a word further on. */
function twist(state: Int32Array): void {
  let word = state[0] as number
  for (let i = 0; i < WORDS; i++) {
    const next = state[i + 1 < WORDS ? i + 1 : 0] as number
    const far = state[i < WORDS - AHEAD ? i + AHEAD : i + AHEAD - WORDS] as number
    const joined = (word & 0x80000000) | (next & 0x7fffffff)
    state[i] = far ^ (joined >>> 1) ^ (-(next & 1) & 0x9908b0df)
    word = next
  }
}

/** Spreads a state word's bits, so that every bit of the result is equally random. */
function temper(word: number): number {
  let bits = word ^ (word >>> 11)
  bits ^= (bits << 7) & 0x9d2c5680
  bits ^= (bits << 15) & 0xefc60000
  return bits ^ (bits >>> 18)
}
