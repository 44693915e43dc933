// a · b, value by value; a size of 1 repeats, as PyTorch broadcasts. da = dy · b, summed where a repeats.
import { broadcastShape, productOf } from '../tensor/broadcast.ts'
import { sizeOf, type Tensor } from '../tensor/tensor.ts'
import { given, type None, type Operation } from './operation.ts'
import { factorGradients } from './product-sum.ts'

export const multiply: Operation<None> = {
  elementwise: true,
  shape: ([a, b]) => broadcastShape(given(a), given(b)),

  forward: ([a, b]) => productOf(given(a), given(b)),

  backward: (gradient, { parents }) =>
    factorGradients(gradient, parents.map(given) as Tensor[], gradient.shape),

  multiplyAdds: (parents) => sizeOf(multiply.shape(parents, {})),
}
