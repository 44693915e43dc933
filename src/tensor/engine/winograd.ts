// Winograd's F(4x4, 3x3): a quarter of the multiplications of a 3x3 convolution. Tiles of 6x6 input and
// the kernels are transformed, multiplied product by product as 36 small matrices on the micro-kernel,
// and transformed back to 4x4 output.
import { subarrayOf } from '../memory.ts'
import type { Instance } from './instance.ts'
import { callMicroKernel, callTransformInput, callTransformOutput } from './kernel-calls.ts'
import { OutputBuffer } from './output-buffer.ts'
import { PaddedInput } from './padded-input.ts'
import type { Problem } from './problem.ts'
import { copiedWhole, type RowBlocks, rowBlocksOf } from './row-blocks.ts'
import { type Tiling, tilingFor } from './tile.ts'
import { BETWEEN, PRODUCTS, TransformedKernels } from './transformed-kernels.ts'
import { OUT, PANEL, TAPS } from './wasm/tiles.ts'

/** Tiles that are transformed together. */
const LANES = 4

/** Where it gains: 3x3, stride 1, dilation 1, enough channels to pay for the transforms, and rows of four tiles. */
export function suitsWinograd(problem: Problem): boolean {
  const { kernelSize, stride, dilation, inputs, outputs, outputSize } = problem
  const all = (pair: readonly [number, number], value: number) => pair.every((n) => n === value)
  return (
    all(kernelSize, TAPS) &&
    all(stride, 1) &&
    all(dilation, 1) &&
    Math.min(inputs, outputs) >= 16 &&
    outputSize.every((size) => Math.ceil(size / OUT) >= LANES)
  )
}

export class WinogradConvolution {
  readonly #problem: Problem
  readonly #instance: Instance
  readonly #input: PaddedInput
  readonly #output: OutputBuffer
  readonly #kernels: TransformedKernels
  /** rows of tiles, by the block, and tiles in a row */
  readonly #blocks: RowBlocks
  readonly #tileColumns: number
  readonly #tiling: Tiling
  /** values from channel to channel of what is transformed */
  readonly #tiles: number
  /** values from product to product */
  readonly #perProduct: Readonly<Record<'inputs' | 'outputs', number>>
  readonly #distances: number
  /** the bias of the products, which have none */
  readonly #zeros: number
  readonly #inputs: number
  readonly #products: number
  readonly #packBuffer: number

  constructor(problem: Problem, instance: Instance, cache: number) {
    const { samples, groups, inputs, outputs, inputSize, before, outputSize } = problem
    this.#problem = problem
    this.#instance = instance
    this.#kernels = new TransformedKernels(instance, problem)
    const { panels } = this.#kernels
    const [tileRows, tileColumns] = outputSize.map((size) => Math.ceil(size / OUT)) as [
      number,
      number,
    ]
    const channels = inputs + panels * PANEL
    const most = Math.max(1, Math.floor((6 * cache) / (PRODUCTS * channels * tileColumns)))
    this.#tileColumns = tileColumns
    this.#blocks = rowBlocksOf(tileRows, most)
    const { rows, starts } = this.#blocks
    const rowBlocks = { rows: rows * OUT, starts: starts.map((row) => row * OUT) }
    const values = inputs * inputSize[0] * inputSize[1] + outputs * outputSize[0] * outputSize[1]
    const whole = copiedWhole(values, samples * groups * values, cache)
    this.#input = new PaddedInput(instance, inputs, rowBlocks, whole, {
      size: inputSize,
      before,
      stride: [1, OUT],
      plane: [rowBlocks.rows + TAPS - 1, tileColumns + 1],
      phases: Array.from({ length: OUT }, (_, column) => [0, column]),
    })
    this.#output = new OutputBuffer(instance, outputs, rowBlocks, whole, {
      size: outputSize,
      width: tileColumns * OUT,
      spill: (tileRows * OUT - outputSize[0]) * tileColumns * OUT,
    })
    const columns = rows * tileColumns
    this.#tiling = tilingFor(instance, { channels: PANEL, panels }, columns, 'gathering')
    const tiles = Math.max(columns, this.#tiling.pixels)
    this.#tiles = tiles
    this.#perProduct = {
      inputs: inputs * tiles + BETWEEN,
      outputs: panels * PANEL * tiles + BETWEEN,
    }
    this.#distances = instance.reserve(inputs)
    this.#zeros = instance.reserve(panels * PANEL)
    this.#inputs = instance.reserve(PRODUCTS * this.#perProduct.inputs)
    this.#products = instance.reserve(PRODUCTS * this.#perProduct.outputs)
    this.#packBuffer = instance.reserve(inputs * this.#tiling.pixels)
    instance.write(this.#zeros, panels * PANEL, undefined)
    const distances = new Int32Array(instance.floats.buffer, this.#distances, inputs)
    for (let c = 0; c < inputs; c++) distances[c] = 4 * c * tiles
  }

  /** @param weights (g·O, C, 3, 3) */
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
    for (let g = 0; g < groups; g++) {
      this.#output.start(subarrayOf(result, g * output, (g + 1) * output))
      for (const block of this.#blocks.starts.keys()) {
        this.#input.load(subarrayOf(sample, g * input, (g + 1) * input), block)
        this.#block(g, block)
        this.#output.copyOut(block)
      }
    }
  }

  /** The block whose input is loaded. */
  #block(g: number, block: number): void {
    const { inputs, outputs } = this.#problem
    const { rows } = this.#blocks
    const columns = this.#tileColumns
    const perProduct = this.#perProduct
    const tileBytes = 4 * this.#tiles
    const lastTile = 4 * (columns - LANES)
    const { plane } = this.#input.layout
    const partBytes = 4 * plane[0] * plane[1]
    callTransformInput(this.#instance.kernel('transformInput', 'transforms'), {
      from: this.#input.addressOf(block),
      fromPart: partBytes,
      fromRow: 4 * plane[1],
      fromPlane: this.#input.channelBytes,
      to: this.#inputs,
      toProduct: 4 * perProduct.inputs,
      toPlane: tileBytes,
      channels: inputs,
      tileRows: rows,
      lastTile,
      tiles: 4 * columns,
    })
    const { kernel, pixels, panels } = this.#tiling
    for (let product = 0; product < PRODUCTS; product++)
      callMicroKernel(kernel, {
        input: this.#inputs + 4 * product * perProduct.inputs,
        inputRow: 0,
        distances: this.#distances,
        distancesEnd: this.#distances + 4 * inputs,
        weights: this.#kernels.weightsOf(g, product),
        bias: this.#zeros,
        output: this.#products + 4 * product * perProduct.outputs,
        outputRow: 0,
        outputPlane: tileBytes,
        rows: 1,
        lastTile: 4 * Math.max(0, rows * columns - pixels),
        panels,
        packBuffer: this.#packBuffer,
      })
    callTransformOutput(this.#instance.kernel('transformOutput', 'transforms'), {
      from: this.#products,
      fromProduct: 4 * perProduct.outputs,
      fromPlane: tileBytes,
      bias: this.#kernels.biasOf(g),
      to: this.#output.addressOf(block),
      toRow: this.#output.rowBytes,
      toPlane: this.#output.channelBytes,
      channels: outputs,
      tileRows: rows,
      lastTile,
      tiles: 4 * columns,
    })
  }
}
