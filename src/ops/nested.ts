// Tensors as nested arrays, the way exercises and small worked examples write them.
import { type Geometry, pointwise } from '../tensor/geometry.ts'
import { sizeOf, type Tensor, tensor } from '../tensor/tensor.ts'
import { ops } from './index.ts'

export type Nested = number | readonly Nested[]

export function fromNested(nested: Nested): Tensor {
  const shape: number[] = []
  for (let level: Nested = nested; typeof level !== 'number'; level = level[0] as Nested)
    shape.push(level.length)
  return tensor(Float32Array.from(flat(nested)), shape)
}

function flat(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : nested.flatMap(flat)
}

export function toNested({ data, shape }: Tensor): Nested {
  const nest = (axis: number, start: number): Nested =>
    axis === shape.length
      ? (data[start] as number)
      : Array.from({ length: shape[axis] as number }, (_, index) =>
          nest(axis + 1, start + index * sizeOf(shape.slice(axis + 1))),
        )
  return nest(0, 0)
}

/**
 * Convolution of one sample.
 * @param x [channel][row][col]
 * @param w [out][in][row][col]
 * @param bias [out]
 * @returns [out][row][col]
 */
export function convolve(
  x: Nested,
  w: Nested,
  bias?: Nested,
  how: Partial<Geometry> = {},
): number[][][] {
  const kernels = fromNested(w)
  const kernelSize = kernels.shape.slice(2) as [number, number]
  const inputs = [fromNested([x]), kernels, bias === undefined ? undefined : fromNested(bias)]
  const y = ops.conv2d.forward(inputs, { ...pointwise, kernelSize, ...how, perSample: false })
  return (toNested(y) as number[][][][])[0] as number[][][]
}

/** exp(score / temperature) over the sum of all of them. */
export function softmaxOf(scores: readonly number[], temperature = 1): number[] {
  const attributes = { axis: 1, temperature } as const
  return (
    toNested(ops.softmax.forward([fromNested([scores])], attributes)) as number[][]
  )[0] as number[]
}
