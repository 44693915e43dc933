// Pure maths on tensors. Every operation takes the tensors it works on and its attributes, and
// returns a new tensor; sums run in float64 and round once.
import { conv2d, type Kernels } from './engine/reference.ts'
import type { Geometry } from './geometry.ts'
import { sizeOf, type Tensor, tensor } from './tensor.ts'

/** The operations by name, and what each needs to know besides its tensors. */
export interface Attributes {
  conv2d: Geometry & Kernels
  globalAveragePool: Record<never, never>
  relu: Record<never, never>
  sigmoid: { readonly temperature: number }
  softmax: { readonly axis: 1; readonly temperature: number }
  matmul: Record<never, never>
  identity: Record<never, never>
}
export type Op = keyof Attributes
type Inputs = readonly (Tensor | undefined)[]

export const ops: { readonly [O in Op]: (inputs: Inputs, attributes: Attributes[O]) => Tensor } = {
  /** (B, C, H, W), (O, C/g, kh, kw) and, if there is a bias, (O) -> (B, O, H', W') */
  conv2d: ([x, w, b], attributes) => conv2d(given(x), given(w), b, attributes),

  /** (B, C, H, W) -> (B, C, 1, 1): the mean of every channel */
  globalAveragePool([input]) {
    const x = given(input)
    const [B, C] = x.shape as [number, number]
    const size = sizeOf(x.shape.slice(2))
    const means = new Float32Array(B * C)
    for (let channel = 0; channel < means.length; channel++) {
      let sum = 0
      for (let i = 0; i < size; i++) sum += x.data[channel * size + i] as number
      means[channel] = sum / size
    }
    return tensor(means, [B, C, 1, 1])
  },

  /** max(0, x), value by value */
  relu: ([x]) => map(given(x), (value) => Math.max(value, 0)),

  /** 1 / (1 + exp(-x/T)), value by value */
  sigmoid: ([x], { temperature }) =>
    map(given(x), (value) => 1 / (1 + Math.exp(-value / temperature))),

  /** (B, K) -> (B, K): exp(x/T) over its sum along a row, which sums to 1 */
  softmax([input], { temperature }) {
    const x = given(input)
    const [B, K] = x.shape as [number, number]
    const y = new Float32Array(B * K)
    for (let start = 0; start < y.length; start += K) {
      const row = x.data.subarray(start, start + K)
      const largest = Math.max(...row) // exp never overflows after it is taken off
      const powers = Array.from(row, (value) => Math.exp((value - largest) / temperature))
      const sum = powers.reduce((total, power) => total + power, 0)
      y.set(
        powers.map((power) => power / sum),
        start,
      )
    }
    return tensor(y, [B, K])
  },

  /** (M, K) and (K, N, ...) -> (M, N, ...) */
  matmul([left, right]) {
    const a = given(left)
    const b = given(right)
    const [M, K] = a.shape as [number, number]
    const N = sizeOf(b.shape) / K
    const y = new Float32Array(M * N)
    for (let m = 0; m < M; m++)
      for (let n = 0; n < N; n++) {
        let sum = 0
        for (let k = 0; k < K; k++)
          sum += (a.data[m * K + k] as number) * (b.data[k * N + n] as number)
        y[m * N + n] = sum
      }
    return tensor(y, [M, ...b.shape.slice(1)])
  },

  /** the tensor itself, to be seen under a name or a shape of its own */
  identity: ([x]) => given(x),
}

/** Applies f to every value. */
function map(x: Tensor, f: (value: number) => number): Tensor {
  return tensor(x.data.map(f), x.shape)
}

function given(x: Tensor | undefined): Tensor {
  if (x === undefined) throw new TypeError('an operation lacks one of its tensors')
  return x
}
