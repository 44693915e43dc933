// (B, K) -> (B, K): along every row, which sums to 1
//
//   y[n,k]  = exp(x[n,k]/T) / Σ j exp(x[n,j]/T)
//   dx[n,k] = y[n,k] (dy[n,k] - Σ j y[n,j] dy[n,j]) / T
import { emptyLike } from '../tensor/memory.ts'
import { tensor } from '../tensor/tensor.ts'
import { given, type Operation } from './operation.ts'

export interface Softmax {
  readonly axis: 1
  readonly temperature: number
}

export const softmax: Operation<Softmax> = {
  shape: ([x]) => given(x),

  forward([input], { temperature }) {
    const x = given(input)
    const [B, K] = x.shape as [number, number]
    const y = emptyLike(x, B * K)
    const powers = new Float64Array(K)
    for (let start = 0; start < y.length; start += K) {
      let largest = Number.NEGATIVE_INFINITY // exp never overflows after it is taken off
      for (let k = 0; k < K; k++) largest = Math.max(largest, x.data[start + k] as number)
      let sum = 0
      for (let k = 0; k < K; k++) {
        const power = Math.exp(((x.data[start + k] as number) - largest) / temperature)
        powers[k] = power
        sum += power
      }
      for (let k = 0; k < K; k++) y[start + k] = (powers[k] as number) / sum
    }
    return tensor(y, [B, K])
  },

  backward({ data: dy, shape }, { output: { data: y }, attributes: { temperature } }) {
    const K = shape[1] as number
    const dx = emptyLike({ data: dy, shape }, dy.length)
    for (let start = 0; start < dy.length; start += K) {
      let mean = 0
      for (let at = start; at < start + K; at++) mean += (y[at] as number) * (dy[at] as number)
      for (let at = start; at < start + K; at++)
        dx[at] = ((y[at] as number) * ((dy[at] as number) - mean)) / temperature
    }
    return [tensor(dx, shape)]
  },
}
