// Products of tensors of different shapes, broadcast as PyTorch does it: shapes are aligned at
// their last axes, and an axis of size 1 repeats.
import { type Shape, sizeOf, type Tensor, tensor } from './tensor.ts'

/**
 * The shape that both broadcast to: (B, C, H, W) for (B, C, H, W) and (B, C, 1, 1).
 * @throws {RangeError} if sizes differ and neither is 1
 */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const axes = Math.max(a.length, b.length)
  return aligned(a, axes).map((size, axis) => {
    const other = aligned(b, axes)[axis] as number
    if (size !== other && size !== 1 && other !== 1)
      throw new RangeError(`shapes [${a}] and [${b}] do not broadcast`)
    return size === 1 ? other : size
  })
}

/**
 * The product of all factors, element by element, summed along one axis if one is given.
 *
 * @param factors each broadcasts to `shape`
 * @param axis of `shape`; it is gone from the result
 */
export function productSum(factors: readonly Tensor[], shape: Shape, axis?: number): Tensor {
  const kept = shape.map((_, a) => a).filter((a) => a !== axis)
  const keptShape = kept.map((a) => shape[a] as number)
  const terms = axis === undefined ? 1 : (shape[axis] as number)
  const strides = factors.map((factor) => stridesIn(factor.shape, shape))
  const steps = strides.map((each) => (axis === undefined ? 0 : (each[axis] as number)))
  const y = new Float32Array(sizeOf(keptShape))
  const index = kept.map(() => 0)
  const offsets = factors.map(() => 0)

  for (let element = 0; element < y.length; element++) {
    let sum = 0
    for (let term = 0; term < terms; term++) {
      let product = 1
      for (let f = 0; f < factors.length; f++) {
        const offset = (offsets[f] as number) + term * (steps[f] as number)
        product *= (factors[f] as Tensor).data[offset] as number
      }
      sum += product
    }
    y[element] = sum
    // on to the next element, as an odometer turns: the last axis runs fastest
    for (let k = kept.length - 1; k >= 0; k--) {
      const size = keptShape[k] as number
      const next = ((index[k] as number) + 1) % size
      index[k] = next
      const turn = next === 0 ? 1 - size : 1
      for (let f = 0; f < factors.length; f++)
        offsets[f] = (offsets[f] as number) + turn * (strides[f]?.[kept[k] as number] as number)
      if (next !== 0) break
    }
  }
  return tensor(y, keptShape)
}

/** How far the next value along each axis of `shape` is; 0 along an axis that repeats. */
function stridesIn(own: Shape, shape: Shape): number[] {
  const sizes = aligned(own, shape.length)
  return sizes.map((size, axis) => (size === 1 ? 0 : sizeOf(sizes.slice(axis + 1))))
}

/** The same shape with axes of size 1 in front. */
function aligned(shape: Shape, axes: number): Shape {
  return [...new Array<number>(axes - shape.length).fill(1), ...shape]
}
