// Pure maths on tensors. Every operation takes the tensors it works on and its attributes, and
// returns a new tensor. What is a convolution in other words, as a linear layer and a product of
// matrices are, is left to the engine; other sums run in float64 and round once.
import { product, productSum } from './broadcast.ts'
import { conv2d } from './engine/index.ts'
import type { Kernels } from './engine/reference.ts'
import { type Geometry, pointwise } from './geometry.ts'
import { unwritten } from './memory.ts'
import { sumChannels } from './sums.ts'
import { reshape, type Shape, sizeOf, type Tensor, tensor } from './tensor.ts'

/** The operations by name, and what each needs to know besides its tensors. */
export interface Attributes {
  conv2d: Geometry & Kernels
  globalAveragePool: Record<never, never>
  linear: Record<never, never>
  batchNorm: { readonly eps: number }
  relu: Record<never, never>
  sigmoid: { readonly temperature: number }
  softmax: { readonly axis: 1; readonly temperature: number }
  linearSigmoid: Attributes['sigmoid']
  linearSoftmax: Attributes['softmax']
  matmul: Record<never, never>
  multiply: Record<never, never>
  productSum: { readonly shape: Shape; readonly axis: number }
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
    const means = unwritten(B * C)
    means.set(sumChannels(x.data, size).map((sum) => sum / size))
    return tensor(means, [B, C, 1, 1])
  },

  /** (B, C), (O, C) and, if there is a bias, (O) -> (B, O); further axes are of size 1 */
  linear([input, weight, bias]) {
    const [x, w] = [given(input), given(weight)]
    const [B, C] = x.shape as [number, number]
    const [O] = w.shape as [number]
    const y = conv2d(reshape(x, [B, C, 1, 1]), reshape(w, [O, C, 1, 1]), bias, everyPixel)
    return reshape(y, [B, O])
  },

  /**
   * (x - mean) / sqrt(variance + eps) · weight + bias, channel by channel, on the running
   * statistics, as at inference: (B, C, H, W), then weight, bias, mean and variance (C) each
   */
  batchNorm([input, ...perChannel], { eps }) {
    const x = given(input)
    const [, C] = x.shape as [number, number]
    const size = sizeOf(x.shape.slice(2))
    const y = unwritten(x.data.length)
    for (let start = 0; start < y.length; start += size) {
      const channel = (start / size) % C
      const [w, b, m, v] = perChannel.map((each) => given(each).data[channel]) as [
        number,
        number,
        number,
        number,
      ]
      const deviation = Math.sqrt(v + eps)
      for (let at = start; at < start + size; at++)
        y[at] = (((x.data[at] as number) - m) / deviation) * w + b
    }
    return tensor(y, x.shape)
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
    const y = unwritten(B * K)
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

  /** a linear layer's scores, each turned into a weight of its own: (B, O) */
  linearSigmoid: (inputs, attributes) => ops.sigmoid([ops.linear(inputs, {})], attributes),

  /** a linear layer's scores, turned into weights that sum to 1: (B, O) */
  linearSoftmax: (inputs, attributes) => ops.softmax([ops.linear(inputs, {})], attributes),

  /** (M, K) and (K, N, ...) -> (M, N, ...) */
  matmul([left, right]) {
    const a = given(left)
    const b = given(right)
    const [M, K] = a.shape as [number, number]
    const N = sizeOf(b.shape) / K
    // b's rows as channels of one row of pixels: a is then a set of 1x1 kernels
    const y = conv2d(reshape(b, [1, K, 1, N]), reshape(a, [M, K, 1, 1]), undefined, everyPixel)
    return reshape(y, [M, ...b.shape.slice(1)])
  },

  /** a · b, value by value; a size of 1 repeats, as PyTorch broadcasts */
  multiply: ([left, right]) => product(given(left), given(right)),

  /** the product of those tensors that there are, each broadcast to `shape`, summed along `axis` */
  productSum: (inputs, { shape, axis }) => productSum(inputs.filter(present), shape, axis),

  /** the tensor itself, to be seen under a name or a shape of its own */
  identity: ([x]) => given(x),
}

/** A convolution of every pixel by itself, with the same kernels in every sample. */
const everyPixel = { ...pointwise, perSample: false }

/** Applies f to every value. */
function map(x: Tensor, f: (value: number) => number): Tensor {
  const { length } = x.data
  const y = unwritten(length)
  for (let at = 0; at < length; at++) y[at] = f(x.data[at] as number)
  return tensor(y, x.shape)
}

function present(x: Tensor | undefined): x is Tensor {
  return x !== undefined
}

function given(x: Tensor | undefined): Tensor {
  if (x === undefined) throw new TypeError('an operation lacks one of its tensors')
  return x
}
