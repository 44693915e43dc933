// The product of those tensors that there are, each broadcast to `shape`, summed along `axis`. The
// gradient of a factor is dy times all other factors, summed where that factor repeats.
import { sumOfProducts } from '../tensor/broadcast.ts'
import { reshape, type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import { given, type Operation, present } from './operation.ts'

export interface ProductSum {
  readonly shape: Shape
  /** of `shape`; it is gone from the result */
  readonly axis: number
}

export const productSum: Operation<ProductSum> = {
  shape: (_, { shape, axis }) => shape.toSpliced(axis, 1),

  forward: (factors, { shape, axis }) => sumOfProducts(factors.filter(present), shape, [axis]),

  backward(gradient, { parents, attributes: { shape, axis } }) {
    const slopes = reshape(gradient, shape.with(axis, 1))
    const gradients = factorGradients(slopes, parents.filter(present), shape)
    return parents.map((parent) => parent && given(gradients.shift()))
  },

  /** one less than there are factors, for every term */
  multiplyAdds: (factors, { shape }) => (factors.filter(present).length - 1) * sizeOf(shape),
}

/** @param shape that the factors and the gradient broadcast to */
export function factorGradients(
  gradient: Tensor,
  factors: readonly Tensor[],
  shape: Shape,
): Tensor[] {
  return factors.map((factor, at) => {
    const front = shape.length - factor.shape.length
    const repeated = shape.flatMap((size, axis) =>
      size > 1 && (factor.shape[axis - front] ?? 1) === 1 ? [axis] : [],
    )
    const sum = sumOfProducts([gradient, ...factors.toSpliced(at, 1)], shape, repeated)
    return reshape(sum, factor.shape)
  })
}
