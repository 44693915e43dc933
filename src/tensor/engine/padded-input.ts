// The padded input, as the micro-kernel reads it: in planes with their zeros around them, and where the stride
// is s, in s · s planes, each with every s-th row and column. Then output pixels side by side read
// input side by side, and a tap is one constant distance for all of them. Planes hold what a block of
// the output's rows reads.
import { axes, type Pair } from '../geometry.ts'
import type { Instance } from './instance.ts'
import { callSpread } from './kernel-calls.ts'
import type { RowBlocks } from './row-blocks.ts'

/** Which rows and columns one of the planes of a channel holds: `first`, `first` + stride ... */
type Phase = Pair

export interface PaddedLayout {
  /** of the input */
  readonly size: Pair
  readonly before: Pair
  readonly stride: Pair
  /** rows and columns of a plane */
  readonly plane: Pair
  readonly phases: readonly Phase[]
}

/** Planes for so many channels. */
export class PaddedInput {
  readonly layout: PaddedLayout
  readonly #instance: Instance
  readonly #rowBlocks: readonly RowBlock[]
  /** the channels' rows are taken all at once */
  readonly #whole: boolean
  /** the channels' rows are their planes */
  readonly #plain: boolean
  readonly #rows: Region
  readonly #planes: Region

  /** @param whole take channels as a whole, which is quicker and needs more memory */
  constructor(
    instance: Instance,
    channels: number,
    rowBlocks: RowBlocks,
    whole: boolean,
    layout: PaddedLayout,
  ) {
    const { size, plane, phases, stride, before } = layout
    const reserve = (distance: number) => ({
      distance,
      address: instance.reserve(channels * distance),
    })
    this.layout = layout
    this.#instance = instance
    this.#rowBlocks = rowBlocks.starts.map((start) => rowBlockOf(layout, start))
    this.#whole = whole
    const all = [(rowBlocks.starts.at(-1) as number) + plane[0], plane[1]] as const
    this.#plain = axes.every(
      (axis) => stride[axis] === 1 && before[axis] === 0 && all[axis] === size[axis],
    )
    const most = Math.max(...this.#rowBlocks.map(({ count }) => count))
    this.#rows = reserve((whole ? size[0] : most) * size[1])
    this.#planes = this.#plain ? this.#rows : reserve(phases.length * plane[0] * plane[1])
    const { address, distance } = this.#planes
    instance.write(address, channels * distance, undefined)
  }

  /** Bytes of one channel. */
  get channelBytes(): number {
    return 4 * this.#planes.distance
  }

  /** Where the planes of that block are. */
  addressOf(block: number): number {
    return this.#plain ? this.#rowsOf(this.#rowBlocks[block] as RowBlock) : this.#planes.address
  }

  /** Fills the planes with what that block reads of channels (C, H, W); blocks come in their order. */
  load(channels: Float32Array, number: number): void {
    const { size, plane, stride } = this.layout
    const given = channels.length / (size[0] * size[1])
    const block = this.#rowBlocks[number] as RowBlock
    if (!this.#whole) this.#copyRows(channels, given, block)
    else if (number === 0) this.#instance.floats.set(channels, this.#rows.address / 4)
    if (this.#plain) return
    if (this.#rowBlocks.length > 1) this.#clear(given, block)
    const spread = this.#instance.kernel('spread')
    for (const { from, to, rows, columns } of block.copies)
      callSpread(spread, {
        from: this.#rowsOf(block) + from,
        fromPlane: 4 * this.#rows.distance,
        fromRow: 4 * stride[0] * size[1],
        step: 4 * stride[1],
        to: this.#planes.address + to,
        toPlane: this.channelBytes,
        toRow: 4 * plane[1],
        planes: given,
        rows,
        columns,
      })
  }

  /** Where the first row is that the block reads. */
  #rowsOf({ first }: RowBlock): number {
    return this.#rows.address + (this.#whole ? 4 * first * this.layout.size[1] : 0)
  }

  #copyRows(channels: Float32Array, given: number, { first, count }: RowBlock): void {
    const { floats } = this.#instance
    const [H, W] = this.layout.size
    const { address, distance } = this.#rows
    for (let c = 0; c < given; c++) {
      const from = (c * H + first) * W
      floats.set(channels.subarray(from, from + count * W), address / 4 + c * distance)
    }
  }

  #clear(given: number, { zeros }: RowBlock): void {
    const { floats } = this.#instance
    for (let c = 0; c < given; c++) {
      const channel = this.#planes.address / 4 + c * this.#planes.distance
      for (const [start, end] of zeros) floats.fill(0, channel + start, channel + end)
    }
  }
}

/** Where channels are, and how many values from one to the next. */
interface Region {
  readonly address: number
  readonly distance: number
}

/** What the planes hold for a block. */
interface RowBlock {
  /** rows of the input that are read */
  readonly first: number
  readonly count: number
  readonly copies: readonly Copy[]
  /** values of a channel's planes, from here to before there, that must be zeros: they may hold others */
  readonly zeros: readonly Pair[]
}

/** What goes from a channel's rows to one of its planes. */
interface Copy {
  /** bytes into the rows and into the planes */
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly columns: number
}

/** The block of output rows from `start` on. */
function rowBlockOf(
  { size, plane, stride, before, phases }: PaddedLayout,
  start: number,
): RowBlock {
  const spans = phases.map((phase) => {
    // cell i of the plane is input i · stride + shift, where that is inside
    const shifts = [start * stride[0] + phase[0] - before[0], phase[1] - before[1]] as const
    return axes.map((axis) => inside(size[axis], plane[axis], stride[axis], shifts[axis])) as [
      CellSpan,
      CellSpan,
    ]
  })
  const filled = spans.filter(([rows, columns]) => rows.count > 0 && columns.count > 0)
  const sources = filled.flatMap(([rows]) => [
    rows.source,
    rows.source + (rows.count - 1) * stride[0],
  ])
  const first = Math.min(...sources)
  const copies: Copy[] = []
  const zeros: Pair[] = []
  for (const [index, [rows, columns]] of spans.entries()) {
    const row = (at: number) => (index * plane[0] + at) * plane[1]
    if (rows.count <= 0 || columns.count <= 0) {
      zeros.push([row(0), row(plane[0])])
      continue
    }
    const end = rows.start + rows.count
    if (rows.start > 0) zeros.push([row(0), row(rows.start)])
    if (end < plane[0]) zeros.push([row(end), row(plane[0])])
    copies.push({
      from: 4 * ((rows.source - first) * size[1] + columns.source),
      to: 4 * (row(rows.start) + columns.start),
      rows: rows.count,
      columns: columns.count,
    })
  }
  return sources.length > 0
    ? { first, count: Math.max(...sources) + 1 - first, copies, zeros }
    : { first: 0, count: 0, copies, zeros }
}

/** Cells of a plane that hold input, along one axis, and the input of the first. */
interface CellSpan {
  readonly start: number
  readonly count: number
  readonly source: number
}

function inside(size: number, cells: number, stride: number, shift: number): CellSpan {
  const start = Math.max(0, Math.ceil(-shift / stride))
  const last = Math.min(cells - 1, Math.floor((size - 1 - shift) / stride))
  return { start, count: last - start + 1, source: start * stride + shift }
}
