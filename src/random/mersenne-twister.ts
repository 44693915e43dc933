import { STATE_WORDS } from '../tensor/engine/wasm/stream-sizes.ts'
import { twist } from './stream-kernels.ts'
import { temper } from './twist.ts'

/** MT19937, the generator behind PyTorch's CPU stream (Matsumoto and Nishimura, 1998). */
export class MersenneTwister {
  readonly #state = new Int32Array(STATE_WORDS)
  readonly #units = new Float32Array(STATE_WORDS)
  #position = STATE_WORDS

  /** @param seed only its low 32 bits count, as in PyTorch */
  constructor(seed: number) {
    const state = this.#state
    let word = seed | 0
    state[0] = word
    for (let j = 1; j < STATE_WORDS; j++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + j) | 0
      state[j] = word
    }
  }

  /** The next word, as a signed 32-bit integer: mask it, or `>>> 0` it. */
  random32(): number {
    this.#refill()
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
    const drawn = start + this.#drawReady(values, start, end)
    const last = end - ((end - drawn) % STATE_WORDS)
    if (drawn < last) twist(this.#state, values.subarray(drawn, last))
    if (last < end) {
      this.#refill()
      this.#drawReady(values, last, end)
    }
  }

  /** Draws as many as are made already; returns how many. */
  #drawReady(values: Float32Array, start: number, end: number): number {
    const count = Math.min(end - start, STATE_WORDS - this.#position)
    values.set(this.#units.subarray(this.#position, this.#position + count), start)
    this.#position += count
    return count
  }

  /** Makes new words where all are drawn. */
  #refill(): void {
    if (this.#position < STATE_WORDS) return
    twist(this.#state, this.#units)
    this.#position = 0
  }
}
