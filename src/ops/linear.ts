// A linear layer: (B, C), (O, C) and, if there is a bias, (O) -> (B, O). Further axes are of size 1.
//
//   y[n,o] = b[o] + Σ c  w[o,c] · x[n,c]
import { reshape, type Shape, type Tensor } from '../tensor/tensor.ts'
import { conv2d, everyPixel } from './conv2d.ts'
import { given, type None, type Operation, type Parents } from './operation.ts'

export const linear: Operation<None> = {
  shape: ([x, w]) => [given(x)[0] as number, given(w)[0] as number],

  forward(parents) {
    const y = conv2d.forward(asMaps(parents), everyPixel)
    return reshape(y, y.shape.slice(0, 2))
  },

  backward(gradient, { parents, output }) {
    const maps = { parents: asMaps(parents), output, attributes: everyPixel }
    const gradients = conv2d.backward(reshape(gradient, [...gradient.shape, 1, 1]), maps)
    return gradients.map((each, at) => each && reshape(each, given(parents[at]).shape))
  },

  convolution: ([x, w]) => ({ x: onePixel(given(x)), w: onePixel(given(w)), how: everyPixel }),
}

/** The same as a convolution of maps of one pixel. */
function asMaps([x, w, b]: Parents): Parents {
  const map = (each: Tensor) => reshape(each, onePixel(each.shape))
  return [map(given(x)), map(given(w)), b]
}

function onePixel([rows, columns]: Shape): Shape {
  return [rows as number, columns as number, 1, 1]
}
