// Functions of single values, applied to every one of a tensor.
import { emptyLike } from '../tensor/memory.ts'
import { type Tensor, tensor } from '../tensor/tensor.ts'

export function mapped(x: Tensor, f: (value: number) => number): Tensor {
  const { length } = x.data
  const y = emptyLike(x, length)
  for (let at = 0; at < length; at++) y[at] = f(x.data[at] as number)
  return tensor(y, x.shape)
}

/** f of the values that stand at the same place; b may be a view of a's shape. */
export function mappedPair(a: Tensor, b: Tensor, f: (a: number, b: number) => number): Tensor {
  const { length } = a.data
  const y = emptyLike(a, length)
  for (let at = 0; at < length; at++) y[at] = f(a.data[at] as number, b.data[at] as number)
  return tensor(y, a.shape)
}
