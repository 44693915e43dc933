// A convolution by its definition, on the micro-kernel: any stride, padding, dilation and groups.
import { axes, type Pair } from '../geometry.ts'
import { type Bands, bandsOf } from './bands.ts'
import type { Instance } from './instance.ts'
import { Planes, spaced } from './planes.ts'
import type { Problem } from './problem.ts'
import { type Tiling, tilingsFor } from './tile.ts'

/** Multiply-adds in one call: V8 cannot swap code inside a loop that runs, so calls stay short. */
const WORK = 1 << 25

/**
 * Values of input and output that are copied as a whole rather than band by band: few beside those of
 * all samples, or few at all. A copy by itself costs some hundred nanoseconds.
 */
const WHOLE = { part: 1 / 4, caches: 8 }

export class Direct {
  readonly #problem: Problem
  readonly #instance: Instance
  readonly #planes: Planes
  /** groups that are in work at a time */
  readonly #together: number
  readonly #bands: Bands
  readonly #tilings: readonly Tiling[]
  /** channels are copied in and out as a whole */
  readonly #whole: boolean
  /** rows of a band have no zeros between them: they are one long row */
  readonly #oneRow: boolean
  readonly #taps: number
  readonly #offsets: number
  readonly #raw: number
  readonly #weights: number
  readonly #bias: number
  readonly #room: number
  readonly #output: number
  /** values from row to row and from channel to channel of the output in memory */
  readonly #outputRow: number
  readonly #outputPlane: number

  constructor(problem: Problem, instance: Instance, cache: number) {
    const { groups, inputs, outputs, kernelSize, stride, dilation, inputSize, before } = problem
    const [rows, columns] = problem.outputSize
    const reach = axes.map((axis) =>
      Math.floor((dilation[axis] * (kernelSize[axis] - 1)) / stride[axis]),
    ) as [number, number]
    const taps = tapsOf(problem)
    const phases = unique(taps.map(({ phase }) => phase))
    const planeColumns = columns + reach[1]

    this.#problem = problem
    this.#instance = instance
    this.#taps = inputs * taps.length
    const perRow = inputs * phases.length * planeColumns + outputs * columns
    const inCache = Math.floor(cache / perRow) - reach[0]
    const inOneCall = Math.floor(WORK / (outputs * columns * this.#taps))
    this.#bands = bandsOf(rows, Math.min(inCache, inOneCall))
    const band = this.#bands.rows
    this.#together = Math.min(groups, Math.max(1, Math.floor(cache / ((band + reach[0]) * perRow))))
    this.#oneRow = planeColumns === columns
    this.#tilings = tilingsFor(instance, outputs, this.#oneRow ? band * columns : columns)
    const widest = Math.max(...this.#tilings.map(({ pixels }) => pixels))
    this.#outputRow = this.#oneRow ? columns : Math.max(columns, widest)
    const values =
      this.#together * (inputs * inputSize[0] * inputSize[1] + outputs * rows * columns)
    const all = (problem.samples * groups * values) / this.#together
    this.#whole = values <= Math.max(cache / 2, Math.min(WHOLE.caches * cache, WHOLE.part * all))
    const spill = this.#oneRow ? Math.max(0, widest - band * columns) : 0
    this.#outputPlane = spaced((this.#whole ? rows : band) * this.#outputRow + spill)

    this.#planes = new Planes(instance, this.#together * inputs, this.#bands, this.#whole, {
      size: inputSize,
      before,
      stride,
      plane: [band + reach[0], planeColumns],
      phases,
    })
    this.#offsets = instance.reserve(this.#taps)
    this.#weights = instance.reserve(groups * outputs * this.#taps)
    this.#raw = instance.reserve(outputs * this.#taps)
    this.#bias = instance.reserve(groups * outputs)
    this.#room = instance.reserve(this.#taps * widest)
    this.#output = instance.reserve(this.#together * outputs * this.#outputPlane)

    const offsets = new Int32Array(instance.floats.buffer, this.#offsets, this.#taps)
    let at = 0
    for (let c = 0; c < inputs; c++)
      for (const { phase, shift } of taps) {
        const which = phases.findIndex((each) => each[0] === phase[0] && each[1] === phase[1])
        const place = (which * (band + reach[0]) + shift[0]) * planeColumns + shift[1]
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
      for (const { channels, panels } of this.#tilings)
        for (let panel = 0; panel < panels; panel++) {
          const bytes = 4 * this.#taps
          pack(this.#raw + at, bytes, this.#weights + 4 * g * size + at, channels, this.#taps)
          at += channels * bytes
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
      for (const [band, start] of this.#bands.starts.entries()) {
        this.#planes.load(sample.subarray(first * group, end * group), band)
        for (let g = first; g < end; g++) this.#group(g, g - first, band)
        if (!this.#whole) this.#copyOut(result, first, end, start, this.#bands.rows)
      }
      if (this.#whole) this.#copyOut(result, first, end, 0, this.#problem.outputSize[0])
    }
  }

  /** A band of group g, which stands at that place in the planes and in the output. */
  #group(g: number, place: number, band: number): void {
    const { inputs, outputs } = this.#problem
    const start = this.#whole ? (this.#bands.starts[band] as number) : 0
    const input = this.#planes.addressOf(band) + place * inputs * this.#planes.channelBytes
    const output =
      this.#output + 4 * (place * outputs * this.#outputPlane + start * this.#outputRow)
    let channel = 0
    for (const tiling of this.#tilings) {
      const to = output + 4 * channel * this.#outputPlane
      this.#panels(tiling, input, g * outputs + channel, to)
      channel += tiling.channels * tiling.panels
    }
  }

  /** Output channels from `channel` on, from there to there. */
  #panels({ kernel, panels, pixels }: Tiling, input: number, channel: number, output: number) {
    const [, columns] = this.#problem.outputSize
    const { rows } = this.#bands
    const tiled = this.#oneRow ? rows * columns : columns
    kernel(
      input,
      4 * this.#planes.layout.plane[1],
      this.#offsets,
      this.#offsets + 4 * this.#taps,
      this.#weights + 4 * channel * this.#taps,
      this.#bias + 4 * channel,
      output,
      4 * this.#outputRow,
      4 * this.#outputPlane,
      this.#oneRow ? 1 : rows,
      4 * Math.max(0, tiled - pixels),
      panels,
      this.#room,
    )
  }

  /** `rows` rows of the groups from `first` to before `end`, from row `start` on. */
  #copyOut(result: Float32Array, first: number, end: number, start: number, rows: number): void {
    const { floats } = this.#instance
    const { outputs, outputSize } = this.#problem
    const [H, W] = outputSize
    const channels = (end - first) * outputs
    const copy = (from: number, count: number, to: number) =>
      result.set(floats.subarray(from, from + count), to)
    if (this.#outputPlane === H * W) {
      copy(this.#output / 4, channels * H * W, first * outputs * H * W)
      return
    }
    for (let c = 0; c < channels; c++) {
      const from = this.#output / 4 + c * this.#outputPlane
      const to = ((first * outputs + c) * H + start) * W
      if (this.#outputRow === W) copy(from, rows * W, to)
      else for (let row = 0; row < rows; row++) copy(from + row * this.#outputRow, W, to + row * W)
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
