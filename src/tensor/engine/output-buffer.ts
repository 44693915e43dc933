// The output as the kernels write it, in rows that are as wide as their tiles need; from there it goes to
// the tensor of the result.
import type { Pair } from '../geometry.ts'
import type { Instance } from './instance.ts'
import { callSpread } from './kernel-calls.ts'
import type { RowBlocks } from './row-blocks.ts'

interface BufferLayout {
  /** rows and columns of the output */
  readonly size: Pair
  /** values from row to row as they are written */
  readonly width: number
  /** values that a tile may write behind the last row of a block */
  readonly spill: number
}

/** Stands for a destination that is filled, and is not to be kept alive. */
const none = new Float32Array(0)

/** Output of so many channels. */
export class OutputBuffer {
  readonly #instance: Instance
  readonly #rowBlocks: RowBlocks
  readonly #whole: boolean
  readonly #layout: BufferLayout
  /** rows are written where they are copied from, or stay */
  readonly #inPlace: boolean
  /** values from channel to channel as they are written and as they are copied, if they are */
  readonly #paddedChannel: number
  readonly #copiedChannel: number
  readonly #address: number
  readonly #compact: number
  #destination: Float32Array = none
  /** the destination is in this memory: nothing is copied */
  #inDestination = false

  /** @param whole copy channels as a whole, which is quicker and needs more memory */
  constructor(
    instance: Instance,
    channels: number,
    rowBlocks: RowBlocks,
    whole: boolean,
    layout: BufferLayout,
  ) {
    const { size, width, spill } = layout
    const [H, W] = size
    this.#instance = instance
    this.#rowBlocks = rowBlocks
    this.#whole = whole
    this.#layout = layout
    this.#copiedChannel = (whole ? H : rowBlocks.rows) * W
    this.#inPlace = width === W && spill === 0
    this.#paddedChannel = this.#inPlace ? this.#copiedChannel : rowBlocks.rows * width + spill
    this.#address = instance.reserve(channels * this.#paddedChannel)
    this.#compact = this.#inPlace ? this.#address : instance.reserve(channels * this.#copiedChannel)
  }

  /** Sets where the following blocks go: channels (C, H, W). */
  start(destination: Float32Array): void {
    this.#destination = destination
    this.#inDestination = destination.buffer === this.#instance.floats.buffer
  }

  /** Bytes from channel to channel. */
  get channelBytes(): number {
    return 4 * (this.#inPlace ? this.#compactChannel : this.#paddedChannel)
  }

  /** Bytes from row to row. */
  get rowBytes(): number {
    return 4 * this.#layout.width
  }

  /** Where the first row of a block is written. */
  addressOf(block: number): number {
    return this.#inPlace ? this.#compactOf(block) : this.#address
  }

  /** Copies a block to its destination, if it is not there; blocks come in their order. */
  copyOut(block: number): void {
    const [H, W] = this.#layout.size
    const channels = this.#destination
    const count = channels.length / (H * W)
    const start = this.#rowBlocks.starts[block] as number
    const rows = Math.min(this.#rowBlocks.rows, H - start)
    if (!this.#inPlace)
      callSpread(this.#instance.kernel('spread'), {
        from: this.#address,
        fromPlane: this.channelBytes,
        fromRow: this.rowBytes,
        step: 4,
        to: this.#compactOf(block),
        toPlane: 4 * this.#compactChannel,
        toRow: 4 * W,
        planes: count,
        rows,
        columns: W,
      })
    const last = block === this.#rowBlocks.starts.length - 1
    if (last) this.#destination = none
    if (this.#inDestination) return
    const { floats } = this.#instance
    const from = this.#compact / 4
    if (!this.#whole)
      for (let c = 0; c < count; c++) {
        const channel = from + c * this.#copiedChannel
        channels.set(floats.subarray(channel, channel + rows * W), (c * H + start) * W)
      }
    else if (last) channels.set(floats.subarray(from, from + count * H * W))
  }

  /** Values from channel to channel, without what tiles write too much. */
  get #compactChannel(): number {
    return this.#inDestination ? this.#layout.size[0] * this.#layout.size[1] : this.#copiedChannel
  }

  #compactOf(block: number): number {
    const start = this.#whole || this.#inDestination ? (this.#rowBlocks.starts[block] as number) : 0
    const address = this.#inDestination ? this.#destination.byteOffset : this.#compact
    return address + 4 * start * this.#layout.size[1]
  }
}
