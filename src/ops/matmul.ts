// A product of matrices: (M, K) and (K, N, ...) -> (M, N, ...).
//
//   y[m,n] = Σ k  a[m,k] · b[k,n]
import { reshape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import { conv2d, everyPixel } from './conv2d.ts'
import { given, type None, type Operation, type Parents } from './operation.ts'

export const matmul: Operation<None> = {
  shape: ([a, b]) => [given(a)[0] as number, ...given(b).slice(1)],

  forward(parents) {
    const [a, b] = parents.map(given) as [Tensor, Tensor]
    return reshape(
      conv2d.forward(asPixels(parents), everyPixel),
      matmul.shape([a.shape, b.shape], {}),
    )
  },

  backward(gradient, { parents, output }) {
    const [a, b] = parents.map(given) as [Tensor, Tensor]
    const rows = gradient.shape[0] as number
    const [db, da] = conv2d.backward(reshape(gradient, [1, rows, 1, gradient.data.length / rows]), {
      parents: asPixels(parents),
      output,
      attributes: everyPixel,
    }) as [Tensor, Tensor]
    return [reshape(da, a.shape), reshape(db, b.shape)]
  },

  multiplyAdds: ([a, b]) => (given(a)[0] as number) * sizeOf(given(b)),
}

/** b's rows as channels of one row of pixels: a is then a set of 1x1 kernels. */
function asPixels([left, right]: Parents): Parents {
  const [a, b] = [given(left), given(right)]
  const [M, K] = a.shape as [number, number]
  return [reshape(b, [1, K, 1, sizeOf(b.shape) / K]), reshape(a, [M, K, 1, 1])]
}
