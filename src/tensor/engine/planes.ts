// The input as the micro-kernel reads it: in planes with their zeros around them, and where the stride
// is s, in s · s planes, each with every s-th row and column. Then output pixels side by side read
// input side by side, and a tap is one constant distance for all of them.
import { axes, type Pair } from '../geometry.ts'
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

/** One channel's planes are the channel itself. */
function isPlain({ size, plane, stride, before }: Layout): boolean {
  return axes.every(
    (axis) => size[axis] === plane[axis] && stride[axis] === 1 && before[axis] === 0,
  )
}

/** Planes for so many channels. */
export class Planes {
  readonly layout: Layout
  readonly channels: number
  readonly address: number
  readonly #instance: Instance
  readonly #staged: number
  readonly #stage: number
  readonly #copies: readonly Copy[]

  constructor(instance: Instance, channels: number, layout: Layout) {
    const { size, plane, phases } = layout
    const values = channels * phases.length * plane[0] * plane[1]
    this.layout = layout
    this.channels = channels
    this.#instance = instance
    this.address = instance.reserve(values)
    this.#staged = Math.min(channels, Math.max(1, Math.floor(STAGED / (size[0] * size[1]))))
    this.#stage = isPlain(layout) ? 0 : instance.reserve(this.#staged * size[0] * size[1])
    this.#copies = phases.flatMap((phase, index) => copyOf(layout, phase, index))
    instance.floats.fill(0, this.address / 4, this.address / 4 + values)
  }

  /** Bytes of one channel. */
  get channelBytes(): number {
    const { plane, phases } = this.layout
    return 4 * phases.length * plane[0] * plane[1]
  }

  /** Fills the planes with channels (C, H, W), or the first of them; the zeros around stay. */
  load(channels: Float32Array): void {
    const { floats } = this.#instance
    if (isPlain(this.layout)) {
      floats.set(channels, this.address / 4)
      return
    }
    const { size, plane, stride } = this.layout
    const values = size[0] * size[1]
    const given = channels.length / values
    const spread = this.#instance.kernel('spread')
    for (let first = 0; first < given; first += this.#staged) {
      const count = Math.min(this.#staged, given - first)
      floats.set(channels.subarray(first * values, (first + count) * values), this.#stage / 4)
      for (const { from, to, rows, columns } of this.#copies)
        spread(
          this.#stage + from,
          4 * values,
          4 * stride[0] * size[1],
          4 * stride[1],
          this.address + first * this.channelBytes + to,
          this.channelBytes,
          4 * plane[1],
          count,
          rows,
          columns,
        )
    }
  }
}

/** What goes from a channel to one of its planes. */
interface Copy {
  /** bytes into the channel and into its planes */
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly columns: number
}

/** None if the plane holds nothing but zeros. */
function copyOf({ size, plane, stride, before }: Layout, phase: Phase, index: number): Copy[] {
  const [rows, columns] = axes.map((axis) => {
    // cell i of the plane is input i · stride + phase - before, where that is inside
    const shift = phase[axis] - before[axis]
    const start = Math.max(0, Math.ceil(-shift / stride[axis]))
    const last = Math.floor((size[axis] - 1 - shift) / stride[axis])
    const end = Math.min(plane[axis] - 1, last)
    return { start, count: end - start + 1, source: start * stride[axis] + shift }
  }) as [Span, Span]
  if (rows.count <= 0 || columns.count <= 0) return []
  return [
    {
      from: 4 * (rows.source * size[1] + columns.source),
      to: 4 * ((index * plane[0] + rows.start) * plane[1] + columns.start),
      rows: rows.count,
      columns: columns.count,
    },
  ]
}

interface Span {
  readonly start: number
  readonly count: number
  readonly source: number
}
