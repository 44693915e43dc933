// TensorFlow.js: convolutions of (B, H, W, C). A layer's operations one by one, as a user would write it.
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { border } from '../../../../tensor/geometry.ts'
import { tensorNamed } from '../../../../trace/query.ts'
import type { Step, Trace } from '../../../../trace/trace.ts'
import { convolutionStepOf } from '../../../../trace/window.ts'
import type { Ready } from '../contender.ts'

interface Tensor {
  readonly shape: number[]
  data(): Promise<Float32Array>
  dispose(): void
}

interface TensorFlow {
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
  mean(x: Tensor, axes: number[]): Tensor
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor
  relu(x: Tensor): Tensor
  softmax(x: Tensor): Tensor
  concat(all: Tensor[], axis: number): Tensor
  slice(x: Tensor, begin: number[], size: number[]): Tensor
  div(x: Tensor, by: number): Tensor
  transpose(x: Tensor, axes: number[]): Tensor
  reshape(x: Tensor, shape: number[]): Tensor
  add(a: Tensor, b: Tensor): Tensor
  tidy(run: () => Tensor): Tensor
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
}

export async function readyTensorFlow(trace: Trace, home: string): Promise<Ready> {
  const load = createRequire(join(home, 'package.json'))
  const tf = load('@tensorflow/tfjs-core') as TensorFlow
  const backend = load('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  backend.setWasmPaths(dirname(load.resolve('@tensorflow/tfjs-backend-wasm')) + sep)
  await tf.setBackend('wasm')
  await tf.ready()
  const layer = layerOf(tf, trace)
  let last: Tensor | undefined
  const run = () => {
    last?.dispose()
    last = tf.tidy(layer)
  }
  return {
    run,
    async output() {
      run()
      return tf.transpose(last as Tensor, [0, 3, 1, 2]).data()
    },
  }
}

/** The forward pass on the trace's input; parameters are laid out for TensorFlow beforehand. */
function layerOf(tf: TensorFlow, trace: Trace): () => Tensor {
  const convolution = convolutionStepOf(trace)
  const { stride, dilation, groups, perSample } = convolution.attributes
  const [before, behind] = (['before', 'behind'] as const).map((side) =>
    ([0, 1] as const).map((axis) => border(convolution.attributes, axis)[side]),
  ) as [[number, number], [number, number]]
  const given = (name: string) => {
    const { data, shape } = tensorNamed(trace, name)
    return tf.tensor(data, shape)
  }
  const x = tf.transpose(given('input'), [0, 2, 3, 1])
  const [B] = x.shape as [number]
  const padded = (image: Tensor) =>
    tf.pad(image, [
      [0, 0],
      [before[0], behind[0]],
      [before[1], behind[1]],
      [0, 0],
    ])
  const depthwise = groups > 1 && groups === x.shape[3] && convolution.shape[1] === groups
  if (groups > 1 && !depthwise) throw new Error('TensorFlow.js has no convolution in groups')
  const convolve = (image: Tensor, kernel: Tensor) =>
    (depthwise ? tf.depthwiseConv2d : tf.conv2d)(
      padded(image),
      kernel,
      stride,
      'valid',
      'NHWC',
      dilation,
    )

  if (!perSample) {
    const [, w, b] = convolution.from as [string, string, string?]
    const kernel = tf.transpose(given(w), depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0])
    const bias = b === undefined ? undefined : given(b)
    return () => {
      const y = convolve(x, kernel)
      return bias ? tf.add(y, bias) : y
    }
  }

  const step = (id: string) => trace.steps.find((each) => each.id === id) as Step
  const temperature = Number(trace.config.temperature)
  const [fc1, fc2] = ['fc1', 'fc2'].map((id) => {
    const [, w, b] = step(id).from.map(given) as [Tensor, Tensor, Tensor]
    return { w: tf.reshape(w, w.shape.slice(0, 2)), b }
  }) as [{ w: Tensor; b: Tensor }, { w: Tensor; b: Tensor }]
  const experts = given('parameters/weight')
  const [K, O, C, kh, kw] = experts.shape as [number, number, number, number, number]
  const rows = tf.reshape(tf.transpose(experts, [0, 3, 4, 2, 1]), [K, kh * kw * C * O])
  const biases = trace.config.bias === false ? undefined : given('parameters/bias')
  return () => {
    const pool = tf.mean(x, [1, 2])
    const hidden = tf.relu(tf.add(tf.matMul(pool, fc1.w, false, true), fc1.b))
    const scores = tf.add(tf.matMul(hidden, fc2.w, false, true), fc2.b)
    const attention = tf.softmax(tf.div(scores, temperature))
    const kernels = tf.reshape(tf.matMul(attention, rows), [B, kh, kw, C, O])
    const bias = biases && tf.matMul(attention, biases)
    const samples = Array.from({ length: B }, (_, n) => {
      const image = tf.slice(x, [n, 0, 0, 0], [1, ...x.shape.slice(1)])
      const kernel = tf.reshape(tf.slice(kernels, [n, 0, 0, 0, 0], [1, kh, kw, C, O]), [
        kh,
        kw,
        C,
        O,
      ])
      const y = convolve(image, kernel)
      return bias ? tf.add(y, tf.slice(bias, [n, 0], [1, O])) : y
    })
    return B === 1 ? (samples[0] as Tensor) : tf.concat(samples, 0)
  }
}
