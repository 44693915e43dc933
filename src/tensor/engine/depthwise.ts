// A 3x3 kernel for each channel by itself: rows are read once and need no planes.
import { axes } from '../geometry.ts'
import { subarrayOf } from '../memory.ts'
import type { Instance } from './instance.ts'
import { callDepthwise } from './kernel-calls.ts'
import type { Problem } from './problem.ts'

const SIDE = 3
const TAPS = SIDE * SIDE
/** Values of no use that the kernel stores. */
const SINK = 4

/** A kernel a channel, 3x3 with stride 1, and a border of one zero. */
export function suitsDepthwise(problem: Problem): boolean {
  const { inputs, outputs, inputSize, outputSize, kernelSize, stride, dilation, before } = problem
  const [rows, columns] = inputSize
  return (
    inputs === 1 &&
    outputs === 1 &&
    rows >= 2 &&
    columns >= 5 &&
    columns % 1024 !== 0 && // rows below each other would lie in one set of the cache
    axes.every(
      (axis) =>
        kernelSize[axis] === SIDE &&
        stride[axis] === 1 &&
        dilation[axis] === 1 &&
        before[axis] === 1 &&
        inputSize[axis] === outputSize[axis],
    )
  )
}

export class Depthwise {
  readonly #problem: Problem
  readonly #instance: Instance
  /** channels that are in work at a time */
  readonly #channelsAtOnce: number
  readonly #weights: number
  readonly #bias: number
  readonly #input: number
  readonly #output: number
  readonly #sink: number

  constructor(problem: Problem, instance: Instance, cache: number) {
    const { groups, inputSize } = problem
    const values = inputSize[0] * inputSize[1]
    this.#problem = problem
    this.#instance = instance
    this.#channelsAtOnce = Math.min(groups, Math.max(1, Math.floor(cache / (2 * values))))
    this.#weights = instance.reserve(groups * TAPS)
    this.#bias = instance.reserve(groups)
    this.#input = instance.reserve(this.#channelsAtOnce * values)
    this.#output = instance.reserve(this.#channelsAtOnce * values)
    this.#sink = instance.reserve(SINK)
  }

  /** @param weights (g, 1, 3, 3) */
  setKernels(weights: Float32Array, bias: Float32Array | undefined): void {
    const { groups } = this.#problem
    this.#instance.write(this.#weights, groups * TAPS, weights)
    this.#instance.write(this.#bias, groups, bias)
  }

  /**
   * @param sample (g, H, W)
   * @param result (g, H, W), to be filled
   */
  run(sample: Float32Array, result: Float32Array): void {
    const { floats } = this.#instance
    const { groups, inputSize } = this.#problem
    const [rows, columns] = inputSize
    const values = rows * columns
    const kernel = this.#instance.kernel('depthwise3x3')
    const stays = result.buffer === floats.buffer
    for (let first = 0; first < groups; first += this.#channelsAtOnce) {
      const count = Math.min(this.#channelsAtOnce, groups - first)
      const [start, end] = [first * values, (first + count) * values]
      floats.set(subarrayOf(sample, start, end), this.#input / 4)
      const [weights, bias] = [this.#weights + 4 * TAPS * first, this.#bias + 4 * first]
      const output = stays ? result.byteOffset + 4 * start : this.#output
      callDepthwise(kernel, {
        input: this.#input,
        output,
        weights,
        bias,
        channels: count,
        rows,
        columns,
        sink: this.#sink,
      })
      if (!stays) result.set(floats.subarray(output / 4, output / 4 + count * values), start)
    }
  }
}
