// The only place that makes tensors and the only importer of ndarray, which checks neither
// shapes nor bounds. Views alone are made with it: it compiles code for every kind of array.
import ndarray from 'ndarray'

/** Sizes by axis, outermost first: batch, channel, row, col or out, in, row, col. */
export type Shape = readonly number[]

/**
 * float32 values, row-major and contiguous, and their shape. Never written after it is made, so
 * whoever holds one may keep it.
 */
export interface Tensor {
  readonly data: Float32Array
  readonly shape: Shape
}

/** How many values a shape holds; 1 for the empty shape. */
export function sizeOf(shape: Shape): number {
  let product = 1
  for (let axis = 0; axis < shape.length; axis++) product *= shape[axis] as number
  return product
}

/**
 * A tensor of these values; keeps `data`, copies nothing.
 * @throws {RangeError} if the shape does not hold exactly these values
 */
export function tensor(data: Float32Array, shape: Shape): Tensor {
  let holds = sizeOf(shape) === data.length
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis] as number
    holds &&= Number.isInteger(size) && size >= 0
  }
  if (!holds) throw new RangeError(`shape [${shape}] does not hold ${data.length} values`)
  return { data, shape: shape.slice() }
}

/** The same values under another shape; nothing is copied. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return tensor(x.data, shape)
}

/**
 * The sub-tensor under the leading indices: at(x, 0, 2) of (B, C, H, W) is channel 2 of sample 0,
 * shape (H, W). Nothing is copied.
 * @throws {RangeError} if an index is outside its axis
 */
export function at(x: Tensor, ...index: number[]): Tensor {
  const inside = index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < (x.shape[axis] ?? 0))
  if (!inside) throw new RangeError(`[${index}] is outside shape [${x.shape}]`)
  const shape = x.shape.slice(index.length)
  const size = sizeOf(shape)
  const { offset } = ndarray(x.data, [...x.shape]).lo(...index)
  return tensor(x.data.subarray(offset, offset + size), shape)
}
