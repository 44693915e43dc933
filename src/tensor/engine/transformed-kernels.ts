// Kernels as Winograd's products need them: transformed, and packed as [group][product][panel][input][channel].
import { subarrayOf } from '../memory.ts'
import type { Instance } from './instance.ts'
import { callTransformKernel } from './kernel-calls.ts'
import type { Problem } from './problem.ts'
import { PANEL, SIZE, TAPS } from './wasm/tiles.ts'

export const PRODUCTS = SIZE * SIZE
/** Values between two products of one kind: at a power of two they would all lie in one set of a cache. */
export const BETWEEN = 16

export class TransformedKernels {
  /** of output channels, in a group */
  readonly panels: number
  readonly #problem: Problem
  readonly #instance: Instance
  /** bytes from product to product */
  readonly #productBytes: number
  readonly #weights: number
  readonly #raw: number
  readonly #bias: number

  constructor(instance: Instance, problem: Problem) {
    const { groups, inputs, outputs } = problem
    this.#problem = problem
    this.#instance = instance
    this.panels = Math.ceil(outputs / PANEL)
    const perProduct = this.panels * inputs * PANEL + BETWEEN
    this.#productBytes = 4 * perProduct
    this.#weights = instance.reserve(groups * PRODUCTS * perProduct)
    this.#raw = instance.reserve(outputs * inputs * TAPS * TAPS)
    this.#bias = instance.reserve(groups * outputs)
  }

  /** Where the first panel is of that product, in that group. */
  weightsOf(group: number, product: number): number {
    return this.#weights + (group * PRODUCTS + product) * this.#productBytes
  }

  /** Where the bias of a group is. */
  biasOf(group: number): number {
    return this.#bias + 4 * group * this.#problem.outputs
  }

  /** @param weights (g·O, C, 3, 3) */
  set(weights: Float32Array, bias: Float32Array | undefined): void {
    const { groups, inputs, outputs } = this.#problem
    const { floats } = this.#instance
    const transform = this.#instance.kernel('transformKernel', 'transforms')
    this.#instance.write(this.#bias, groups * outputs, bias)
    const kernel = inputs * TAPS * TAPS
    const panelBytes = 4 * inputs * PANEL
    for (let g = 0; g < groups; g++) {
      floats.set(
        subarrayOf(weights, g * outputs * kernel, (g + 1) * outputs * kernel),
        this.#raw / 4,
      )
      for (let panel = 0; panel < this.panels; panel++) {
        // a panel that is not full repeats its last channel; nobody reads what becomes of it
        const from = (at: number) =>
          this.#raw + 4 * Math.min(panel * PANEL + at, outputs - 1) * kernel
        callTransformKernel(transform, {
          from0: from(0),
          from1: from(1),
          from2: from(2),
          from3: from(3),
          to: this.weightsOf(g, 0) + panel * panelBytes,
          toProduct: this.#productBytes,
          channels: inputs,
        })
      }
    }
  }
}
