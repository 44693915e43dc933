// The inputs that a run can draw by itself.
import type { Generator } from '../random/generator.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../tensor/tensor.ts'

const randn = (generator: Generator, shape: Shape) => generator.randn(sizeOf(shape))

/** By the name that --input takes. */
export const inputs = {
  randn,
  rand: (generator: Generator, shape: Shape) => generator.rand(sizeOf(shape)),
  /** randn, then max(0, x): what a layer sees behind a ReLU */
  relu: (generator: Generator, shape: Shape) =>
    randn(generator, shape).map((value) => Math.max(value, 0)),
  /** randn, and an offset for every sample and channel, drawn right after it: as images differ */
  varied(generator: Generator, shape: Shape) {
    const values = randn(generator, shape)
    const offsets = generator.randn(sizeOf(shape.slice(0, 2)))
    const size = sizeOf(shape.slice(2))
    return values.map((value, at) => value + (offsets[Math.floor(at / size)] as number))
  },
}

export type InputKind = keyof typeof inputs
export const inputKinds = Object.keys(inputs) as InputKind[]

/** Whether an input of that source is drawn from the seed, not read from a file. */
export function isDrawn(source: unknown): source is InputKind {
  return (inputKinds as unknown[]).includes(source)
}

/** Input values of that kind and shape (B, C, H, W). */
export function drawInput(kind: InputKind, generator: Generator, shape: Shape): Tensor {
  return tensor(inputs[kind](generator, shape), shape)
}
