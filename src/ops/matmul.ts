// A product of matrices: (M, K) and (K, N, ...) -> (M, N, ...).
//
//   y[m,n] = Σ k  a[m,k] · b[k,n]
import { reshape, type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import { conv2d, everyPixel } from './conv2d.ts'
import { given, type None, type Operation, type ParentShapes } from './operation.ts'

export const matmul: Operation<None> = {
  shape: ([a, b]) => [given(a)[0] as number, ...given(b).slice(1)],

  forward(parents) {
    const [a, b] = parents.map(given) as [Tensor, Tensor]
    const { x, w } = asPixels([a.shape, b.shape])
    const y = conv2d.forward([reshape(b, x), reshape(a, w)], everyPixel)
    return reshape(y, matmul.shape([a.shape, b.shape], {}))
  },

  backward(gradient, { parents, output }) {
    const [a, b] = parents.map(given) as [Tensor, Tensor]
    const { x, w } = asPixels([a.shape, b.shape])
    const pixels = { parents: [reshape(b, x), reshape(a, w)], output, attributes: everyPixel }
    const [, , , N] = x as [number, number, number, number]
    const slopes = reshape(gradient, [1, gradient.shape[0] as number, 1, N])
    const [db, da] = conv2d.backward(slopes, pixels) as [Tensor, Tensor]
    return [reshape(da, a.shape), reshape(db, b.shape)]
  },

  convolution: (shapes) => ({ ...asPixels(shapes), how: everyPixel }),
}

/** b's rows as channels of one row of pixels: a is then a set of 1x1 kernels. */
function asPixels([left, right]: ParentShapes): { readonly x: Shape; readonly w: Shape } {
  const [M, K] = given(left) as [number, number]
  return { x: [1, K, 1, sizeOf(given(right)) / K], w: [M, K, 1, 1] }
}
