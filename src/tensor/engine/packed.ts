// Kernels as the micro-kernel reads them: [panel][tap][channel], group by group.
import type { Instance } from './instance.ts'
import type { Problem } from './problem.ts'
import type { Tiling } from './tile.ts'

export class PackedKernels {
  readonly #instance: Instance
  readonly #problem: Problem
  readonly #taps: number
  /** channels of every panel of a group */
  readonly #panels: readonly number[]
  /** panels that are copied in at a time */
  readonly #atOnce: number
  readonly #raw: number
  readonly #weights: number
  readonly #bias: number

  /** @param taps of a kernel, over all input channels of its group */
  constructor(
    instance: Instance,
    problem: Problem,
    taps: number,
    tilings: readonly Tiling[],
    cache: number,
  ) {
    const { groups, outputs } = problem
    const [{ channels }] = tilings as [Tiling] // the widest
    this.#instance = instance
    this.#problem = problem
    this.#taps = taps
    this.#panels = tilings.flatMap(({ channels, panels }) => Array<number>(panels).fill(channels))
    this.#atOnce = Math.max(1, Math.floor(cache / (2 * channels * taps)))
    this.#weights = instance.reserve(groups * outputs * taps)
    this.#raw = instance.reserve(Math.min(outputs, channels * this.#atOnce) * taps)
    this.#bias = instance.reserve(groups * outputs)
  }

  /** Where the weights and the bias are, from that output channel on. */
  addressOf(channel: number): { readonly weights: number; readonly bias: number } {
    return {
      weights: this.#weights + 4 * channel * this.#taps,
      bias: this.#bias + 4 * channel,
    }
  }

  /** @param weights (g·O, C, kh, kw) */
  set(weights: Float32Array, bias: Float32Array | undefined): void {
    const { groups, outputs } = this.#problem
    this.#instance.write(this.#bias, groups * outputs, bias)
    for (let g = 0; g < groups; g++) {
      let channel = g * outputs
      for (let first = 0; first < this.#panels.length; first += this.#atOnce)
        channel = this.#pack(weights, channel, this.#panels.slice(first, first + this.#atOnce))
    }
  }

  /** @returns the channel after these panels */
  #pack(weights: Float32Array, first: number, panels: readonly number[]): number {
    const pack = this.#instance.kernel('pack')
    const bytes = 4 * this.#taps
    const end = panels.reduce((channel, channels) => channel + channels, first)
    const raw = weights.subarray(first * this.#taps, end * this.#taps)
    this.#instance.floats.set(raw, this.#raw / 4)
    let channel = first
    for (const channels of panels) {
      const from = this.#raw + (channel - first) * bytes
      pack(from, bytes, this.addressOf(channel).weights, channels, this.#taps)
      channel += channels
    }
    return end
  }
}
