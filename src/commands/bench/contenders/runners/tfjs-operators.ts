// Every operation of a trace in TensorFlow.js. Feature maps have their channels last there, and
// kernels are of (kh, kw, C/g, O): (B, C, H, W) stands as (B, H, W, C), (O, C/g, kh, kw) as (kh, kw, C/g, O).
import type { Attributes, Op } from '../../../../ops/index.ts'
import { given } from '../../../../ops/operation.ts'
import { axes, border } from '../../../../tensor/geometry.ts'
import { sizeOf } from '../../../../tensor/tensor.ts'

export interface Tensor {
  readonly shape: number[]
  data(): Promise<Float32Array>
  dispose(): void
}

/** As much of TensorFlow.js as is needed. */
export interface TensorFlow {
  tensor(values: Float32Array, shape: readonly number[]): Tensor
  pad(x: Tensor, by: [number, number][]): Tensor
  conv2d(
    x: Tensor,
    w: Tensor,
    strides: readonly number[],
    pad: 'valid',
    format: 'NHWC',
    dilations: readonly number[],
  ): Tensor
  depthwiseConv2d: TensorFlow['conv2d']
  mean(x: Tensor, axes: number[], keepDims: boolean): Tensor
  sum(x: Tensor, axis: number): Tensor
  matMul(a: Tensor, b: Tensor): Tensor
  relu(x: Tensor): Tensor
  sigmoid(x: Tensor): Tensor
  softmax(x: Tensor): Tensor
  batchNorm(x: Tensor, m: Tensor, v: Tensor, b: Tensor, w: Tensor, eps: number): Tensor
  concat(all: Tensor[], axis: number): Tensor
  split(x: Tensor, parts: number, axis: number): Tensor[]
  div(x: Tensor, by: number): Tensor
  mul(a: Tensor, b: Tensor): Tensor
  transpose(x: Tensor, axes: readonly number[]): Tensor
  reshape(x: Tensor, shape: readonly number[]): Tensor
  add(a: Tensor, b: Tensor): Tensor
  tidy(run: () => Tensor): Tensor
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
}

type Compute<O extends Op> = (
  tf: TensorFlow,
  parents: readonly Tensor[],
  attributes: Attributes[O],
) => Tensor

/** Each as a user would write it; an operation without a form does not compile. */
export const operators: { readonly [O in Op]: Compute<O> } = {
  conv2d(tf, [x, w, b], how) {
    const image = padded(tf, given(x), how)
    if (!how.perSample) return convolve(tf, image, given(w), b, how)
    const [B = 1] = image.shape
    const samples = tf.split(image, B, 0)
    const kernels = tf.split(given(w), B, 3)
    const biases = b && tf.split(b, B, 0)
    const convolved = samples.map((sample, n) =>
      convolve(tf, sample, given(kernels[n]), biases?.[n], how),
    )
    return B === 1 ? given(convolved[0]) : tf.concat(convolved, 0)
  },
  globalAveragePool: (tf, [x]) => tf.mean(given(x), [1, 2], true),
  linear,
  batchNorm: (tf, [x, w, b, m, v], { eps }) =>
    tf.batchNorm(given(x), given(m), given(v), given(b), given(w), eps),
  relu: (tf, [x]) => tf.relu(given(x)),
  sigmoid,
  softmax,
  linearSigmoid: (tf, parents, attributes) => sigmoid(tf, [linear(tf, parents)], attributes),
  linearSoftmax: (tf, parents, attributes) => softmax(tf, [linear(tf, parents)], attributes),
  matmul(tf, [a, b]) {
    const [K = 1] = given(b).shape
    return tf.matMul(given(a), tf.reshape(given(b), [K, -1]))
  },
  multiply: (tf, [a, b]) => tf.mul(given(a), given(b)),
  productSum: (tf, factors, { axis }) =>
    tf.sum(
      factors.reduce((a, b) => tf.mul(a, b)),
      axis,
    ),
  identity: (_, [x]) => given(x),
}

function padded(tf: TensorFlow, x: Tensor, how: Attributes['conv2d']): Tensor {
  const [rows, cols] = axes.map((axis): [number, number] => {
    const { before, behind } = border(how, axis)
    return [before, behind]
  }) as [[number, number], [number, number]]
  return [...rows, ...cols].some((size) => size > 0) ? tf.pad(x, [[0, 0], rows, cols, [0, 0]]) : x
}

/** In groups, which TensorFlow.js has only where every channel is one, group by group. */
function convolve(
  tf: TensorFlow,
  x: Tensor,
  w: Tensor,
  b: Tensor | undefined,
  { stride, dilation, groups }: Attributes['conv2d'],
): Tensor {
  const [kh = 1, kw = 1, , O = 1] = w.shape
  const plain = (image: Tensor, kernel: Tensor) =>
    tf.conv2d(image, kernel, stride, 'valid', 'NHWC', dilation)
  const grouped = () => {
    const kernels = tf.split(w, groups, 3)
    return tf.concat(
      tf.split(x, groups, 3).map((part, g) => plain(part, given(kernels[g]))),
      3,
    )
  }
  const depthwise = () =>
    tf.depthwiseConv2d(x, tf.reshape(w, [kh, kw, O, 1]), stride, 'valid', 'NHWC', dilation)
  const single = sizeOf(x.shape.slice(1, 3)) === 1 && sizeOf(w.shape.slice(0, 2)) === 1
  if (single && groups === 1) return linear(tf, b ? [x, w, b] : [x, w])
  const everyChannel = groups === x.shape[3] && O === groups
  const y = groups === 1 ? plain(x, w) : everyChannel ? depthwise() : grouped()
  return b ? tf.add(y, b) : y
}

/** (B, C), which may have rows and columns of one pixel, and (O, C), or kernels of one: (B, O) */
function linear(tf: TensorFlow, [x, w, b]: readonly Tensor[]): Tensor {
  const kernel = given(w).shape
  const columns =
    kernel.length === 4 ? tf.reshape(given(w), kernel.slice(2)) : tf.transpose(given(w), [1, 0])
  const [C = 1] = columns.shape
  const y = tf.matMul(tf.reshape(given(x), [-1, C]), columns)
  return b ? tf.add(y, b) : y
}

function sigmoid(tf: TensorFlow, [x]: readonly Tensor[], { temperature }: Attributes['sigmoid']) {
  return tf.sigmoid(divided(tf, given(x), temperature))
}

/** Along the second axis of (B, K), which is the last one, as that of channels is. */
function softmax(tf: TensorFlow, [x]: readonly Tensor[], { temperature }: Attributes['softmax']) {
  return tf.softmax(divided(tf, given(x), temperature))
}

/** x / T; nothing to do for 1. */
function divided(tf: TensorFlow, x: Tensor, temperature: number): Tensor {
  return temperature === 1 ? x : tf.div(x, temperature)
}
