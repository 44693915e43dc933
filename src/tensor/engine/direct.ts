// A convolution by its definition, on the micro-kernel: any stride, padding, dilation and groups.
import { axes, type Pair } from '../geometry.ts'
import type { Instance } from './instance.ts'
import { Planes } from './planes.ts'
import type { Problem } from './problem.ts'
import { panelsOf, type Tiling, tilingFor } from './tile.ts'

/** Multiply-adds in one call: V8 cannot swap code inside a loop that runs, so calls stay short. */
const WORK = 1 << 24

/** Values of planes that groups may fill together: they should stay in the cache. */
const TOGETHER = 1 << 16

/** How a panel goes over the output; rows without zeros between them are one long row. */
interface Walk extends Tiling {
  /** in one call */
  readonly rows: number
  /** of those, as the kernel counts them */
  readonly lines: number
  /** values from channel to channel of the output in memory */
  readonly planeWidth: number
}

export class Direct {
  readonly #problem: Problem
  readonly #instance: Instance
  readonly #planes: Planes
  /** groups that are in the planes at a time */
  readonly #together: number
  /** output channels of a group in panels of so many */
  readonly #panels: readonly number[]
  readonly #walks: ReadonlyMap<number, Walk>
  readonly #taps: number
  readonly #offsets: number
  readonly #raw: number
  readonly #weights: number
  readonly #bias: number
  readonly #output: number

  constructor(problem: Problem, instance: Instance) {
    const { groups, inputs, outputs, kernelSize, stride, dilation, inputSize, before } = problem
    const plane = axes.map((axis) => {
      const reach = dilation[axis] * (kernelSize[axis] - 1)
      return problem.outputSize[axis] + Math.floor(reach / stride[axis])
    }) as [number, number]
    const taps = tapsOf(problem)
    const phases = unique(taps.map(({ phase }) => phase))

    this.#problem = problem
    this.#instance = instance
    this.#taps = inputs * taps.length
    this.#panels = panelsOf(outputs)
    this.#walks = new Map(this.#panels.map((count) => [count, this.#walkOf(count, plane[1])]))
    const layout = { size: inputSize, before, stride, plane, phases }
    const groupValues = inputs * phases.length * plane[0] * plane[1]
    this.#together = Math.min(groups, Math.max(1, Math.floor(TOGETHER / groupValues)))
    this.#planes = new Planes(instance, this.#together * inputs, layout)
    this.#offsets = instance.reserve(this.#taps)
    this.#weights = instance.reserve(groups * outputs * this.#taps)
    this.#raw = instance.reserve(outputs * this.#taps)
    this.#bias = instance.reserve(groups * outputs)
    const sizes = Array.from(this.#walks, ([count, { planeWidth }]) => count * planeWidth)
    this.#output = instance.reserve(Math.max(...sizes))

    const offsets = new Int32Array(instance.floats.buffer, this.#offsets, this.#taps)
    let at = 0
    for (let c = 0; c < inputs; c++)
      for (const { phase, shift } of taps) {
        const which = phases.findIndex((each) => each[0] === phase[0] && each[1] === phase[1])
        const place = (which * plane[0] + shift[0]) * plane[1] + shift[1]
        offsets[at++] = c * this.#planes.channelBytes + 4 * place
      }
  }

  /** @param weights (g·O, C, kh, kw) */
  setKernels(weights: Float32Array, bias: Float32Array | undefined): void {
    const { groups, outputs } = this.#problem
    const { floats } = this.#instance
    const pack = this.#instance.kernel('pack')
    if (bias) floats.set(bias, this.#bias / 4)
    else floats.fill(0, this.#bias / 4, this.#bias / 4 + groups * outputs)
    const size = outputs * this.#taps
    for (let g = 0; g < groups; g++) {
      floats.set(weights.subarray(g * size, (g + 1) * size), this.#raw / 4)
      let at = 0
      for (const count of this.#panels) {
        pack(this.#raw + at, 4 * this.#taps, this.#weights + 4 * g * size + at, count, this.#taps)
        at += 4 * count * this.#taps
      }
    }
  }

  /**
   * @param sample (g·C, H, W)
   * @param result (g·O, H', W'), to be filled
   */
  run(sample: Float32Array, result: Float32Array): void {
    const { groups, inputs, inputSize } = this.#problem
    const group = inputs * inputSize[0] * inputSize[1]
    for (let first = 0; first < groups; first += this.#together) {
      const end = Math.min(groups, first + this.#together)
      this.#planes.load(sample.subarray(first * group, end * group))
      for (let g = first; g < end; g++) this.#group(g, g - first, result)
    }
  }

  /** Group g, which stands at that place in the planes. */
  #group(g: number, place: number, result: Float32Array): void {
    const { inputs, outputs } = this.#problem
    const input = this.#planes.address + place * inputs * this.#planes.channelBytes
    let channel = g * outputs
    for (const count of this.#panels) {
      this.#panel(input, channel, count)
      this.#copyOut(result, channel, count)
      channel += count
    }
  }

  #walkOf(count: number, planeColumns: number): Walk {
    const [rows, columns] = this.#problem.outputSize
    const most = Math.max(1, Math.floor(WORK / (count * columns * this.#taps)))
    const atOnce = Math.ceil(rows / Math.ceil(rows / most))
    if (planeColumns !== columns) {
      const tiling = tilingFor(this.#instance, count, columns)
      return { ...tiling, rows: atOnce, lines: atOnce, planeWidth: rows * tiling.width }
    }
    const tiling = tilingFor(this.#instance, count, atOnce * columns)
    const planeWidth = Math.max(rows * columns, tiling.width)
    return { ...tiling, width: columns, rows: atOnce, lines: 1, planeWidth }
  }

  /** `count` output channels, from `channel` on. */
  #panel(input: number, channel: number, count: number): void {
    const walk = this.#walks.get(count) as Walk
    const { kernel, lastTile, lines, width, planeWidth } = walk
    const rowBytes = 4 * this.#planes.layout.plane[1]
    const [rows] = this.#problem.outputSize
    for (let next = 0; next < rows; next += walk.rows) {
      const row = Math.min(next, rows - walk.rows) // the last call may go back a little
      kernel(
        input + row * rowBytes,
        rowBytes,
        this.#offsets,
        this.#offsets + 4 * this.#taps,
        this.#weights + 4 * channel * this.#taps,
        this.#bias + 4 * channel,
        this.#output + 4 * row * width,
        4 * width,
        4 * planeWidth,
        1,
        lines,
        lastTile,
      )
    }
  }

  #copyOut(result: Float32Array, channel: number, count: number): void {
    const { floats } = this.#instance
    const { width, planeWidth } = this.#walks.get(count) as Walk
    const [rows, columns] = this.#problem.outputSize
    const from = this.#output / 4
    const to = channel * rows * columns
    if (planeWidth === rows * columns) {
      result.set(floats.subarray(from, from + count * planeWidth), to)
      return
    }
    for (let c = 0; c < count; c++)
      for (let row = 0; row < rows; row++) {
        const start = from + c * planeWidth + row * width
        result.set(floats.subarray(start, start + columns), to + (c * rows + row) * columns)
      }
  }
}

/** Where every kernel row and column reads: in which plane of a channel, and how far into it. */
export function tapsOf({ kernelSize, stride, dilation }: Problem): { phase: Pair; shift: Pair }[] {
  return Array.from({ length: kernelSize[0] * kernelSize[1] }, (_, tap) => {
    const place = [Math.floor(tap / kernelSize[1]), tap % kernelSize[1]] as const
    const reach = axes.map((axis) => place[axis] * dilation[axis]) as [number, number]
    return {
      phase: axes.map((axis) => reach[axis] % stride[axis]) as [number, number],
      shift: axes.map((axis) => Math.floor(reach[axis] / stride[axis])) as [number, number],
    }
  })
}

function unique(pairs: readonly Pair[]): Pair[] {
  return [...new Map(pairs.map((pair) => [pair.join(), pair])).values()]
}
