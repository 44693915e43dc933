// Every operation of a trace as ONNX operators, for any batch and any image size.
import type { Attributes, Op } from '../../ops/index.ts'
import { given } from '../../ops/operation.ts'
import { broadcastShape } from '../../tensor/broadcast.ts'
import { axes, border, type Geometry, outputSize, type Pair } from '../../tensor/geometry.ts'
import { type Shape, sizeOf } from '../../tensor/tensor.ts'
import type { GraphBuilder } from './builder.ts'

/** A tensor of the graph and the shape it has in the run that was traced. */
export interface Known {
  readonly name: string
  readonly shape: Shape
}

type Write<O extends Op> = (
  graph: GraphBuilder,
  inputs: readonly Known[],
  attributes: Attributes[O],
) => Known

/** Each adds its operators and returns its result; an operation without a form does not compile. */
export const operators: { readonly [O in Op]: Write<O> } = {
  conv2d: (graph, [x, w, b], how) =>
    how.perSample
      ? (graph.fixedBatch ? convolveInGroups : convolvePerSample)(graph, given(x), given(w), b, how)
      : {
          name: convolve(graph, [given(x), given(w), ...(b ? [b] : [])], how),
          shape: convolved(given(x).shape, given(w).shape[0] as number, how),
        },

  globalAveragePool(graph, [x]) {
    const { name, shape } = given(x)
    return { name: graph.node('GlobalAveragePool', [name]), shape: [...shape.slice(0, 2), 1, 1] }
  },

  linear: (graph, [x, w, b]) => linear(graph, given(x), given(w), b),

  batchNorm(graph, inputs, { eps }) {
    const names = inputs.map(({ name }) => name)
    const name = graph.node('BatchNormalization', names, { epsilon: { float: eps } })
    return { ...given(inputs[0]), name }
  },

  relu: (graph, [x]) => ({ ...given(x), name: graph.node('Relu', [given(x).name]) }),

  sigmoid: (graph, [x], attributes) => sigmoid(graph, given(x), attributes),

  softmax: (graph, [x], attributes) => softmax(graph, given(x), attributes),

  linearSigmoid: (graph, [x, w, b], attributes) =>
    sigmoid(graph, linear(graph, given(x), given(w), b), attributes),

  linearSoftmax: (graph, [x, w, b], attributes) =>
    softmax(graph, linear(graph, given(x), given(w), b), attributes),

  matmul(graph, [left, right]) {
    const [a, b] = [given(left), given(right)]
    const [K = 1, ...rest] = b.shape
    const rows = rest.length === 1 ? b.name : graph.reshape(b.name, [K, sizeOf(rest)])
    const name = graph.node('MatMul', [a.name, rows])
    const flat = { name, shape: [a.shape[0] as number, sizeOf(rest)] }
    if (rest.length === 1) return flat
    return { name: graph.reshape(name, [-1, ...rest]), shape: [a.shape[0] as number, ...rest] }
  },

  multiply: (graph, [a, b]) => multiplied(graph, given(a), given(b)),

  productSum(graph, factors, { shape, axis }) {
    const product = factors.reduce((a, b) => multiplied(graph, a, b))
    // an axis that no factor has is made; the batch, if no factor has it, is one for all samples
    const [, ...rest] = shape
    const whole = product.shape.length === shape.length && `${product.shape.slice(1)}` === `${rest}`
    const terms = whole
      ? product.name
      : graph.node('Expand', [product.name, graph.integers([1, ...rest])])
    const name = graph.node('ReduceSum', [terms, graph.integers([axis])], { keepdims: 0 })
    return { name, shape: shape.filter((_, a) => a !== axis) }
  },

  identity: (graph, [x]) => ({ ...given(x), name: graph.node('Identity', [given(x).name]) }),
}

/** (B, C) and further axes of size 1, times (O, C) -> (B, O) */
function linear(graph: GraphBuilder, x: Known, w: Known, b: Known | undefined): Known {
  const [O, C] = w.shape as [number, number]
  const inputs = [graph.reshape(x.name, [-1, C]), graph.reshape(w.name, [O, C])]
  const name = graph.node('Gemm', b ? [...inputs, b.name] : inputs, { transB: 1 })
  return { name, shape: [x.shape[0] as number, O] }
}

function sigmoid(graph: GraphBuilder, x: Known, { temperature }: Attributes['sigmoid']): Known {
  return { ...x, name: graph.node('Sigmoid', [divided(graph, x, temperature)]) }
}

function softmax(graph: GraphBuilder, x: Known, { axis, temperature }: Attributes['softmax']) {
  return { ...x, name: graph.node('Softmax', [divided(graph, x, temperature)], { axis }) }
}

/** Both broadcast alike in ONNX and in PyTorch. */
function multiplied(graph: GraphBuilder, a: Known, b: Known): Known {
  return { name: graph.node('Mul', [a.name, b.name]), shape: broadcastShape(a.shape, b.shape) }
}

/** x / T; nothing to do for 1. */
function divided(graph: GraphBuilder, { name }: Known, temperature: number): string {
  if (temperature === 1) return name
  const T = graph.floats({ shape: [], values: Float32Array.of(temperature) })
  return graph.node('Div', [name, T])
}

function convolve(graph: GraphBuilder, inputs: readonly Known[], how: Geometry): string {
  const borders = axes.map((axis) => border(how, axis))
  return graph.node(
    'Conv',
    inputs.map(({ name }) => name),
    {
      kernel_shape: how.kernelSize,
      strides: how.stride,
      dilations: how.dilation,
      pads: [...borders.map(({ before }) => before), ...borders.map(({ behind }) => behind)],
      group: how.groups,
    },
  )
}

/**
 * A convolution whose kernels differ from sample to sample. ONNX's Conv has one set of kernels for
 * all samples, and its groups are fixed, so that the usual way, one group a sample, would fix the
 * batch. Here a Conv with kernels of a single 1 each lays every window out as a column, and a
 * product of matrices, a sample and group each, meets the kernels with the windows:
 *
 *   (B, g, O/g, C/g·kh·kw) @ (B, g, C/g·kh·kw, H'·W') -> (B, g, O/g, H'·W')
 */
function convolvePerSample(
  graph: GraphBuilder,
  x: Known,
  w: Known,
  b: Known | undefined,
  how: Geometry,
): Known {
  const [B, C] = x.shape as [number, number]
  const O = (w.shape[0] as number) / B
  const { groups, kernelSize } = how
  const taps = sizeOf(kernelSize)
  const window = (C / groups) * taps

  const columns = convolve(graph, [x, takeTaps(graph, C, kernelSize)], { ...how, groups: C })
  const windows = graph.reshape(columns, [0, groups, window, -1])
  const kernels = graph.reshape(w.name, [-1, groups, O / groups, window])
  const product = graph.node('MatMul', [kernels, windows])
  const size = graph.node('Shape', [columns], { start: 2, end: 4 })
  const shape = graph.node('Concat', [graph.integers([0, O]), size], { axis: 0 })
  const name = graph.node('Reshape', [product, shape])
  const result = { name, shape: convolved(x.shape, O, how) }
  if (b === undefined) return result
  return { ...result, name: graph.node('Add', [name, graph.reshape(b.name, [-1, O, 1, 1])]) }
}

/** The usual way for a batch that stays the same: samples become groups of one image. */
function convolveInGroups(
  graph: GraphBuilder,
  x: Known,
  w: Known,
  b: Known | undefined,
  how: Geometry,
): Known {
  const [B, C, H, W] = x.shape as [number, number, number, number]
  const image = { name: graph.reshape(x.name, [1, B * C, H, W]), shape: [1, B * C, H, W] }
  const groups = { ...how, groups: B * how.groups }
  const shape = convolved(x.shape, (w.shape[0] as number) / B, how)
  const name = convolve(graph, [image, w, ...(b ? [b] : [])], groups)
  return { name: graph.reshape(name, shape), shape }
}

/** For every channel and every tap a kernel that picks it: (C·kh·kw, 1, kh, kw). */
function takeTaps(graph: GraphBuilder, channels: number, kernelSize: Pair): Known {
  const taps = sizeOf(kernelSize)
  const values = new Float32Array(channels * taps * taps)
  for (let n = 0; n < channels * taps; n++) values[n * taps + (n % taps)] = 1
  const shape = [channels * taps, 1, ...kernelSize]
  return { name: graph.floats({ shape, values }), shape }
}

function convolved([B, , H, W]: Shape, O: number, how: Geometry): Shape {
  return [B as number, O, ...outputSize(how, [H, W] as Pair)]
}
