// The mean of every channel: (B, C, H, W) -> (B, C, 1, 1). Every pixel of a channel has the same part
// in its mean: dx = dy / (H · W).
import { emptyLike, rounded } from '../tensor/memory.ts'
import { sumChannels } from '../tensor/sums.ts'
import { sizeOf, tensor } from '../tensor/tensor.ts'
import { given, type None, type Operation } from './operation.ts'

export const globalAveragePool: Operation<None> = {
  shape: ([x]) => [...given(x).slice(0, 2), 1, 1],

  forward([input]) {
    const x = given(input)
    const size = sizeOf(x.shape.slice(2))
    const means = emptyLike(x, x.data.length / size)
    means.set(sumChannels(x.data, size).map((sum) => sum / size))
    return tensor(means, globalAveragePool.shape([x.shape], {}))
  },

  backward(gradient, { parents: [input] }) {
    const x = given(input)
    const size = sizeOf(x.shape.slice(2))
    const slopes = Float64Array.from(x.data, (_, at) => {
      return (gradient.data[Math.floor(at / size)] as number) / size
    })
    return [rounded(slopes, x)]
  },

  additions: ([x]) => sizeOf(given(x)),
}
