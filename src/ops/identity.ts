// The tensor itself, to be seen under a name or a shape of its own.
import { reshape } from '../tensor/tensor.ts'
import { given, type None, type Operation } from './operation.ts'

export const identity: Operation<None> = {
  elementwise: true,
  shape: ([x]) => given(x),
  forward: ([x]) => given(x),
  backward: (gradient, { parents: [x] }) => [reshape(gradient, given(x).shape)],
}
