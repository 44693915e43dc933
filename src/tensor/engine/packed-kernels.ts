// Kernels as the micro-kernel reads them: [group][panel][tap][channel]. Where it does not gather its input,
// each tap has its distance before its weights.
import type { Pair } from '../geometry.ts'
import { subarrayOf } from '../memory.ts'
import type { Instance } from './instance.ts'
import { callPack } from './kernel-calls.ts'
import type { Problem } from './problem.ts'
import type { Tiling } from './tile.ts'
import { FLOAT } from './wasm/tile-sums.ts'

/** The kernels of some neighbouring output channels. */
interface Panel {
  /** the first of them */
  readonly channel: number
  readonly channels: number
  /** address of the first tap's weights */
  readonly address: number
  /** bytes from tap to tap */
  readonly tapBytes: number
}

/** Panels that are copied in together: of the output channels from `first` to before `end`. */
interface Chunk {
  readonly first: number
  readonly end: number
  readonly panels: readonly Panel[]
}

export class PackedKernels {
  /** addresses of the first and behind the last of the taps' distances */
  readonly distances: Pair
  readonly #instance: Instance
  readonly #channels: number
  /** of a kernel, over all input channels of its group */
  readonly #taps: number
  readonly #chunks: readonly Chunk[]
  readonly #raw: number
  readonly #weights: number
  /** bytes from group to group */
  readonly #groupBytes: number
  /** bytes from a group's start to each tiling's panels */
  readonly #tilings: readonly number[]
  readonly #bias: number

  /** @param distances of the taps of a kernel, over all input channels of its group, in bytes */
  constructor(
    instance: Instance,
    { groups, outputs }: Problem,
    distances: Int32Array,
    tilings: readonly Tiling[],
    cache: number,
  ) {
    const taps = distances.length
    const [{ channels: widest }] = tilings as [Tiling]
    const atOnce = Math.max(widest, Math.floor(cache / (2 * taps)))
    const sizes = tilings.map((tiling) => tiling.panels * taps * tapBytesOf(tiling))
    this.#instance = instance
    this.#channels = groups * outputs
    this.#taps = taps
    this.#tilings = sizes.map((_, t) => sum(sizes.slice(0, t)))
    this.#groupBytes = sum(sizes)
    this.#weights = instance.reserve((groups * this.#groupBytes) / FLOAT)
    this.#raw = instance.reserve(Math.min(this.#channels, atOnce) * taps)
    this.#bias = instance.reserve(this.#channels)
    const table = instance.reserve(taps)
    this.distances = [table, table + FLOAT * taps]
    this.#integers(table, taps).set(distances)
    this.#chunks = inChunks(this.#panelsOf(groups, tilings), atOnce)
    for (const [t, tiling] of tilings.entries())
      if (tiling.access === 'direct')
        for (let g = 0; g < groups; g++) this.#interleave(distances, tiling, this.weightsOf(g, t))
  }

  /** Where the panels of that tiling are, in that group. */
  weightsOf(group: number, tiling: number): number {
    return this.#weights + group * this.#groupBytes + (this.#tilings[tiling] as number)
  }

  /** Where the bias is, from that output channel on. */
  biasOf(channel: number): number {
    return this.#bias + FLOAT * channel
  }

  /** @param weights (g·O, C, kh, kw) */
  set(weights: Float32Array, bias: Float32Array | undefined): void {
    const taps = this.#taps
    const { floats } = this.#instance
    const pack = this.#instance.kernel('pack')
    this.#instance.write(this.#bias, this.#channels, bias)
    for (const { first, end, panels } of this.#chunks) {
      floats.set(subarrayOf(weights, first * taps, end * taps), this.#raw / FLOAT)
      for (const { channel, channels, address, tapBytes } of panels) {
        const from = this.#raw + FLOAT * (channel - first) * taps
        callPack(pack, {
          from,
          fromRow: FLOAT * taps,
          to: address,
          toTap: tapBytes,
          rows: channels,
          taps,
        })
      }
    }
  }

  #panelsOf(groups: number, tilings: readonly Tiling[]): Panel[] {
    let channel = 0
    return Array.from({ length: groups }, (_, g) =>
      tilings.map((tiling, t) => {
        const { access, channels, panels } = tiling
        const tapBytes = tapBytesOf(tiling)
        return Array.from({ length: panels }, (_, panel): Panel => {
          const start = this.weightsOf(g, t) + panel * this.#taps * tapBytes
          const address = access === 'direct' ? start + FLOAT : start // behind the distance
          const first = channel
          channel += channels
          return { channel: first, channels, address, tapBytes }
        })
      }),
    ).flat(2)
  }

  #interleave(distances: Int32Array, { channels, panels }: Tiling, address: number): void {
    const each = channels + 1
    const values = this.#integers(address, panels * this.#taps * each)
    for (let at = 0; at < panels * this.#taps; at++)
      values[at * each] = distances[at % this.#taps] as number
  }

  #integers(address: number, count: number): Int32Array {
    return new Int32Array(this.#instance.floats.buffer, address, count)
  }
}

/** Chunks of so many channels at most, or of one panel. */
function inChunks(panels: readonly Panel[], most: number): Chunk[] {
  const chunks: { first: number; end: number; panels: Panel[] }[] = []
  for (const panel of panels) {
    const end = panel.channel + panel.channels
    const chunk = chunks.at(-1)
    if (chunk && end - chunk.first <= most) {
      chunk.panels.push(panel)
      chunk.end = end
    } else chunks.push({ first: panel.channel, end, panels: [panel] })
  }
  return chunks
}

function tapBytesOf({ access, channels }: Tiling): number {
  return FLOAT * (access === 'direct' ? 1 + channels : channels)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
