// The output as the kernels write it, in rows that are as wide as their tiles need; from there it goes to
// where the result is wanted.
import type { Pair } from '../geometry.ts'
import type { Bands } from './bands.ts'
import type { Instance } from './instance.ts'

interface Layout {
  /** rows and columns of the output */
  readonly size: Pair
  /** values from row to row as they are written */
  readonly width: number
  /** values that a tile may write behind the last row of a band */
  readonly spill: number
}

/** Stands for results that have been left, and are not to be kept alive. */
const none = new Float32Array(0)

/** Output of so many channels. */
export class Results {
  readonly #instance: Instance
  readonly #bands: Bands
  readonly #whole: boolean
  readonly #layout: Layout
  /** rows are written where they are copied from, or stay */
  readonly #inPlace: boolean
  /** values from channel to channel as they are written and as they are copied, if they are */
  readonly #written: number
  readonly #copied: number
  readonly #address: number
  readonly #compact: number
  #wanted: Float32Array = none
  /** where they are wanted is in this memory: they are not copied */
  #stay = false

  /** @param whole copy channels as a whole, which is quicker and needs more memory */
  constructor(instance: Instance, channels: number, bands: Bands, whole: boolean, layout: Layout) {
    const { size, width, spill } = layout
    const [H, W] = size
    this.#instance = instance
    this.#bands = bands
    this.#whole = whole
    this.#layout = layout
    this.#copied = (whole ? H : bands.rows) * W
    this.#inPlace = width === W && spill === 0
    this.#written = this.#inPlace ? this.#copied : bands.rows * width + spill
    this.#address = instance.reserve(channels * this.#written)
    this.#compact = this.#inPlace ? this.#address : instance.reserve(channels * this.#copied)
  }

  /** Sets where the following bands are wanted: channels (C, H, W). */
  start(wanted: Float32Array): void {
    this.#wanted = wanted
    this.#stay = wanted.buffer === this.#instance.floats.buffer
  }

  /** Bytes from channel to channel. */
  get channelBytes(): number {
    return 4 * (this.#inPlace ? this.#compactChannel : this.#written)
  }

  /** Bytes from row to row. */
  get rowBytes(): number {
    return 4 * this.#layout.width
  }

  /** Where the first row of a band is written. */
  addressOf(band: number): number {
    return this.#inPlace ? this.#compactOf(band) : this.#address
  }

  /** Leaves a band where it is wanted; bands come in their order. */
  deliver(band: number): void {
    const [H, W] = this.#layout.size
    const channels = this.#wanted
    const count = channels.length / (H * W)
    const start = this.#bands.starts[band] as number
    const rows = Math.min(this.#bands.rows, H - start)
    if (!this.#inPlace)
      this.#instance.kernel('spread')(
        this.#address,
        this.channelBytes,
        this.rowBytes,
        4,
        this.#compactOf(band),
        4 * this.#compactChannel,
        4 * W,
        count,
        rows,
        W,
      )
    const last = band === this.#bands.starts.length - 1
    if (last) this.#wanted = none
    if (this.#stay) return
    const { floats } = this.#instance
    const from = this.#compact / 4
    if (!this.#whole)
      for (let c = 0; c < count; c++) {
        const channel = from + c * this.#copied
        channels.set(floats.subarray(channel, channel + rows * W), (c * H + start) * W)
      }
    else if (last) channels.set(floats.subarray(from, from + count * H * W))
  }

  /** Values from channel to channel, without what tiles write too much. */
  get #compactChannel(): number {
    return this.#stay ? this.#layout.size[0] * this.#layout.size[1] : this.#copied
  }

  #compactOf(band: number): number {
    const start = this.#whole || this.#stay ? (this.#bands.starts[band] as number) : 0
    const address = this.#stay ? this.#wanted.byteOffset : this.#compact
    return address + 4 * start * this.#layout.size[1]
  }
}
