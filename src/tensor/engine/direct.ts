// A convolution by its definition, on the micro-kernel: any stride, padding, dilation and groups.
import { axes, type Pair } from '../geometry.ts'
import { subarrayOf } from '../memory.ts'
import type { Instance } from './instance.ts'
import { callMicroKernel } from './kernel-calls.ts'
import { OutputBuffer } from './output-buffer.ts'
import { PackedKernels } from './packed-kernels.ts'
import { PaddedInput } from './padded-input.ts'
import type { Problem } from './problem.ts'
import { copiedWhole, type RowBlocks, rowBlocksOf } from './row-blocks.ts'
import { type Tiling, tilingsFor } from './tile.ts'

/** Multiply-adds in one call: V8 cannot swap code inside a loop that runs, so calls stay short. */
const WORK = 3 << 23

export class Direct {
  readonly #problem: Problem
  readonly #kernels: PackedKernels
  readonly #input: PaddedInput
  readonly #output: OutputBuffer
  readonly #rowBlocks: RowBlocks
  /** groups that are in work at a time */
  readonly #groupsAtOnce: number
  readonly #tilings: readonly Tiling[]
  /** rows of a block have no zeros between them: they are one long row */
  readonly #oneRow: boolean
  /** address of the input of a tile, where it is gathered */
  readonly #packBuffer: number

  constructor(problem: Problem, instance: Instance, cache: number) {
    const { samples, groups, inputs, outputs, kernelSize, stride, dilation } = problem
    const { inputSize, outputSize, before } = problem
    const [rows, columns] = outputSize
    const reach = axes.map((axis) =>
      Math.floor((dilation[axis] * (kernelSize[axis] - 1)) / stride[axis]),
    ) as [number, number]
    const kernelTaps = tapsOf(problem)
    const taps = inputs * kernelTaps.length
    const phases = unique(kernelTaps.map(({ phase }) => phase))

    const perRow = inputs * phases.length * (columns + reach[1]) + outputs * columns
    const inCache = Math.floor(cache / perRow) - reach[0]
    const inOneCall = Math.floor(WORK / (outputs * columns * taps))
    const rowBlocks = rowBlocksOf(rows, Math.min(inCache, inOneCall))
    const plane = [rowBlocks.rows + reach[0], columns + reach[1]] as const
    const groupsAtOnce = Math.min(groups, Math.max(1, Math.floor(cache / (plane[0] * perRow))))
    const values = inputs * inputSize[0] * inputSize[1] + outputs * rows * columns
    const whole = copiedWhole(groupsAtOnce * values, samples * groups * values, cache)

    this.#problem = problem
    this.#rowBlocks = rowBlocks
    this.#groupsAtOnce = groupsAtOnce
    this.#oneRow = plane[1] === columns
    const row = this.#oneRow ? rowBlocks.rows * columns : columns
    this.#tilings = tilingsFor(instance, outputs, row, taps)
    const widest = Math.max(...this.#tilings.map(({ pixels }) => pixels))
    const layout = { size: inputSize, before, stride, plane, phases }
    this.#input = new PaddedInput(instance, groupsAtOnce * inputs, rowBlocks, whole, layout)
    this.#output = new OutputBuffer(instance, groupsAtOnce * outputs, rowBlocks, whole, {
      size: outputSize,
      width: this.#oneRow ? columns : Math.max(columns, widest),
      spill: this.#oneRow ? Math.max(0, widest - rowBlocks.rows * columns) : 0,
    })
    const gathering = this.#tilings.find(({ access }) => access === 'gathering')
    this.#packBuffer = instance.reserve(taps * (gathering?.pixels ?? 0))
    const distances = Int32Array.from({ length: taps }, (_, tap) => {
      const { phase, shift } = kernelTaps[tap % kernelTaps.length] as Tap
      const which = phases.findIndex((each) => each[0] === phase[0] && each[1] === phase[1])
      const channel = Math.floor(tap / kernelTaps.length)
      const place = (which * plane[0] + shift[0]) * plane[1] + shift[1]
      return channel * this.#input.channelBytes + 4 * place
    })
    this.#kernels = new PackedKernels(instance, problem, distances, this.#tilings, cache)
  }

  /** @param weights (g·O, C, kh, kw) */
  setKernels(weights: Float32Array, bias: Float32Array | undefined): void {
    this.#kernels.set(weights, bias)
  }

  /**
   * @param sample (g·C, H, W)
   * @param result (g·O, H', W'), to be filled
   */
  run(sample: Float32Array, result: Float32Array): void {
    const { groups } = this.#problem
    const [input, output] = [sample.length / groups, result.length / groups]
    for (let first = 0; first < groups; first += this.#groupsAtOnce) {
      const end = Math.min(groups, first + this.#groupsAtOnce)
      this.#output.start(subarrayOf(result, first * output, end * output))
      for (const rowBlock of this.#rowBlocks.starts.keys()) {
        this.#input.load(subarrayOf(sample, first * input, end * input), rowBlock)
        for (let g = first; g < end; g++) this.#group(g, g - first, rowBlock)
        this.#output.copyOut(rowBlock)
      }
    }
  }

  /** A block of rows of group g, which stands at that place in input and output. */
  #group(g: number, place: number, rowBlock: number): void {
    const { inputs, outputs, outputSize } = this.#problem
    const { rows } = this.#rowBlocks
    const { channelBytes, rowBytes } = this.#output
    const width = this.#oneRow ? rows * outputSize[1] : outputSize[1]
    const { distances } = this.#kernels
    let channel = 0
    for (const [t, { kernel, channels, panels, pixels }] of this.#tilings.entries()) {
      callMicroKernel(kernel, {
        input: this.#input.addressOf(rowBlock) + place * inputs * this.#input.channelBytes,
        inputRow: 4 * this.#input.layout.plane[1],
        distances: distances[0],
        distancesEnd: distances[1],
        weights: this.#kernels.weightsOf(g, t),
        bias: this.#kernels.biasOf(g * outputs + channel),
        output: this.#output.addressOf(rowBlock) + (place * outputs + channel) * channelBytes,
        outputRow: rowBytes,
        outputPlane: channelBytes,
        rows: this.#oneRow ? 1 : rows,
        lastTile: 4 * Math.max(0, width - pixels),
        panels,
        packBuffer: this.#packBuffer,
      })
      channel += channels * panels
    }
  }
}

interface Tap {
  readonly phase: Pair
  readonly shift: Pair
}

/** Where every kernel row and column reads: in which plane of a channel, and how far into it. */
export function tapsOf({ kernelSize, stride, dilation }: Problem): Tap[] {
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
