// The input as the micro-kernel reads it: in planes with their zeros around them, and where the stride
// is s, in s · s planes, each with every s-th row and column. Then output pixels side by side read
// input side by side, and a tap is one constant distance for all of them. Planes hold what a band of
// the output's rows reads.
import { axes, type Pair } from '../geometry.ts'
import type { Bands } from './bands.ts'
import type { Instance } from './instance.ts'

/** Values copied in at a time, at least a channel of them: they should stay in the cache. */
const STAGED = 1 << 16

/** Which rows and columns one of the planes of a channel holds: `first`, `first` + stride ... */
type Phase = Pair

export interface Layout {
  /** of the input */
  readonly size: Pair
  readonly before: Pair
  readonly stride: Pair
  /** rows and columns of a plane */
  readonly plane: Pair
  readonly phases: readonly Phase[]
}

/**
 * The least distance for so many values at which one after the other does not lie in the same few sets
 * of a cache.
 */
export function spaced(values: number): number {
  return values % 256 === 0 ? values + 16 : values
}

/** Planes for so many channels. */
export class Planes {
  readonly layout: Layout
  readonly address: number
  readonly #instance: Instance
  /** values from channel to channel */
  readonly #channel: number
  readonly #bands: readonly Band[]
  /** one channel's planes are the channel's rows themselves */
  readonly #plain: boolean
  readonly #staged: number
  readonly #stage: number

  constructor(instance: Instance, channels: number, bands: Bands, layout: Layout) {
    const { size, plane, phases, stride, before } = layout
    this.layout = layout
    this.#instance = instance
    this.#channel = spaced(phases.length * plane[0] * plane[1])
    this.address = instance.reserve(channels * this.#channel)
    this.#plain =
      axes.every((axis) => stride[axis] === 1 && before[axis] === 0) &&
      plane[1] === size[1] &&
      plane[0] <= size[0]
    this.#bands = bands.starts.map((start) => bandOf(layout, start))
    const most = Math.max(1, ...this.#bands.map(({ count }) => count)) * size[1]
    this.#staged = Math.min(channels, Math.max(1, Math.floor(STAGED / most)))
    this.#stage = this.#plain ? 0 : instance.reserve(this.#staged * most)
    instance.floats.fill(0, this.address / 4, this.address / 4 + channels * this.#channel)
  }

  /** Bytes of one channel. */
  get channelBytes(): number {
    return 4 * this.#channel
  }

  /** Fills the planes with what that band reads of channels (C, H, W). */
  load(channels: Float32Array, band: number): void {
    const { size, plane, stride } = this.layout
    const { first, count, copies, blanks } = this.#bands[band] as Band
    const given = channels.length / (size[0] * size[1])
    if (this.#plain) {
      this.#take(channels, 0, given, first, plane[0], this.address / 4, this.#channel)
      return
    }
    if (this.#bands.length > 1) this.#blank(given, blanks)
    const spread = this.#instance.kernel('spread')
    const values = count * size[1]
    for (let start = 0; start < given; start += this.#staged) {
      const staged = Math.min(this.#staged, given - start)
      this.#take(channels, start, staged, first, count, this.#stage / 4, values)
      for (const { from, to, rows, columns } of copies)
        spread(
          this.#stage + from,
          4 * values,
          4 * stride[0] * size[1],
          4 * stride[1],
          this.address + 4 * start * this.#channel + to,
          4 * this.#channel,
          4 * plane[1],
          staged,
          rows,
          columns,
        )
    }
  }

  #blank(channels: number, blanks: readonly Pair[]): void {
    const { floats } = this.#instance
    for (let c = 0; c < channels; c++)
      for (const [start, end] of blanks) {
        const channel = this.address / 4 + c * this.#channel
        floats.fill(0, channel + start, channel + end)
      }
  }

  /** `rows` rows of `count` channels, from those on, to there; `distance` values from channel to channel. */
  #take(
    channels: Float32Array,
    start: number,
    count: number,
    row: number,
    rows: number,
    to: number,
    distance: number,
  ): void {
    const { floats } = this.#instance
    const [H, W] = this.layout.size
    if (rows === H && distance === H * W) {
      floats.set(channels.subarray(start * H * W, (start + count) * H * W), to)
      return
    }
    for (let c = 0; c < count; c++) {
      const from = ((start + c) * H + row) * W
      floats.set(channels.subarray(from, from + rows * W), to + c * distance)
    }
  }
}

/** What the planes hold for a band. */
interface Band {
  /** rows of the input that are read */
  readonly first: number
  readonly count: number
  readonly copies: readonly Copy[]
  /** values of a channel's planes, from here to before there, that are zeros: they may hold others */
  readonly blanks: readonly Pair[]
}

/** What goes from a channel's rows to one of its planes. */
interface Copy {
  /** bytes into the rows and into the planes */
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly columns: number
}

/** The band of output rows from `start` on. */
function bandOf({ size, plane, stride, before, phases }: Layout, start: number): Band {
  const spans = phases.map((phase) => {
    // cell i of the plane is input i · stride + shift, where that is inside
    const shifts = [start * stride[0] + phase[0] - before[0], phase[1] - before[1]] as const
    return axes.map((axis) => inside(size[axis], plane[axis], stride[axis], shifts[axis])) as [
      Span,
      Span,
    ]
  })
  const filled = spans.filter(([rows, columns]) => rows.count > 0 && columns.count > 0)
  const first = Math.min(...filled.map(([rows]) => rows.source))
  const last = Math.max(...filled.map(([rows]) => rows.source + (rows.count - 1) * stride[0]))
  const copies: Copy[] = []
  const blanks: Pair[] = []
  for (const [index, [rows, columns]] of spans.entries()) {
    const row = (at: number) => (index * plane[0] + at) * plane[1]
    if (rows.count <= 0 || columns.count <= 0) {
      blanks.push([row(0), row(plane[0])])
      continue
    }
    const end = rows.start + rows.count
    if (rows.start > 0) blanks.push([row(0), row(rows.start)])
    if (end < plane[0]) blanks.push([row(end), row(plane[0])])
    copies.push({
      from: 4 * ((rows.source - first) * size[1] + columns.source),
      to: 4 * (row(rows.start) + columns.start),
      rows: rows.count,
      columns: columns.count,
    })
  }
  return { first, count: filled.length > 0 ? last - first + 1 : 0, copies, blanks }
}

/** Cells of a plane that hold input, along one axis, and the input of the first. */
interface Span {
  readonly start: number
  readonly count: number
  readonly source: number
}

function inside(size: number, cells: number, stride: number, shift: number): Span {
  const start = Math.max(0, Math.ceil(-shift / stride))
  const last = Math.min(cells - 1, Math.floor((size - 1 - shift) / stride))
  return { start, count: last - start + 1, source: start * stride + shift }
}
