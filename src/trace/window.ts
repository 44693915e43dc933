// One output value worked out: the window that the convolution reads, its kernel, their products
// and their sum. Everything is found along the graph, from the output backwards.
import { type Pair, windowAt } from '../tensor/geometry.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { stepOf, tensorNamed } from './query.ts'
import type { Step, Trace, WindowStep } from './trace.ts'

type Convolution = Step & { readonly op: 'conv2d' }

/** The convolution that makes the output, and the step that scales its result, if one does. */
export interface Maker {
  readonly convolution: Convolution
  readonly scale?: string
}

/**
 * @param id the step whose maker is asked for; the last one of the pass if none is given
 * @throws {RangeError} if no convolution makes it
 */
export function makerOf(trace: Trace, id = lastOf(trace).id): Maker {
  const step = stepOf(trace, id)
  if (step.op === 'conv2d') return { convolution: step }
  const [first = '', second] = step.from
  if (step.op === 'identity') return makerOf(trace, first)
  if (step.op === 'multiply' && second) return { ...makerOf(trace, first), scale: second }
  throw new RangeError(`no convolution makes step ${id}`)
}

/** The last step of the pass: the output. */
export function lastOf({ steps }: Trace): Step {
  return steps.at(-1) as Step
}

/**
 * The step that shows how output[n, o, i, j] comes about.
 * @param at a cell inside the output
 * @param id the step whose value it is, if not the output's
 */
export function windowStep(trace: Trace, at: WindowStep['at'], id?: string): WindowStep {
  const [n, o, i, j] = at
  const { convolution, scale: scaleId } = makerOf(trace, id)
  const { attributes, from } = convolution
  const [x, w, b] = from.map((name) => tensorNamed(trace, name)) as [Tensor, Tensor, Tensor?]
  const [, C, H, W] = x.shape as [number, number, number, number]
  const [, Cg, kh, kw] = w.shape as [number, number, number, number]
  const O = convolution.shape[1] as number
  const kernelAt = attributes.perSample ? n * O + o : o
  const firstChannel = Math.floor(o / (O / attributes.groups)) * Cg
  const { rows, columns } = windowAt(attributes, [H, W] as Pair, [i, j])

  const size = kh * kw
  const patch = new Float32Array(Cg * size)
  for (let c = 0; c < Cg; c++)
    for (const [u, row] of rows.entries())
      for (const [v, column] of columns.entries())
        if (row !== null && column !== null)
          patch[c * size + u * kw + v] = x.data[
            ((n * C + firstChannel + c) * H + row) * W + column
          ] as number
  const kernel = w.data.slice(kernelAt * Cg * size, (kernelAt + 1) * Cg * size)
  const products = Float64Array.from(patch, (value, at) => value * (kernel[at] as number))
  const bias = b ? (b.data[kernelAt] as number) : 0
  const scale = scaleId === undefined ? undefined : scaleAt(tensorNamed(trace, scaleId), n, o)

  return {
    id: 'window',
    kind: 'window',
    op: 'window',
    attributes: {},
    title: { en: 'One output value', zh: '一个输出值' },
    formula: {
      en: `y[n,o,i,j] = ${scaleId ? '(Σ patch · kernel)' : 'Σ patch · kernel'}${b ? ' + bias' : ''}${scaleId ? ' · scale' : ''}`,
      zh: `y[n,o,i,j] = ${scaleId ? '(Σ 窗口 · 卷积核)' : 'Σ 窗口 · 卷积核'}${b ? ' + 偏置' : ''}${scaleId ? ' · 缩放' : ''}`,
    },
    axes: ['channel', 'row', 'col'],
    from: [...from, ...(scaleId === undefined ? [] : [scaleId])],
    shape: [Cg, kh, kw],
    values: patch,
    at,
    reads: { channels: Array.from({ length: Cg }, (_, c) => firstChannel + c), rows, columns },
    patch,
    kernel,
    products,
    sums: Array.from({ length: Cg }, (_, c) =>
      products.subarray(c * size, (c + 1) * size).reduce((sum, product) => sum + product, 0),
    ),
    bias,
    ...(scale !== undefined && { scale }),
    total: valueAt(stepOf(trace, id ?? lastOf(trace).id), at),
  }
}

function valueAt({ values, shape }: Step, at: WindowStep['at']): number {
  const flat = at.reduce((sum, index, axis) => sum * (shape[axis] ?? 1) + index, 0)
  return values[flat] as number
}

/** The weight of output channel o for sample n; (B, O, 1, 1). */
function scaleAt(weights: Tensor, n: number, o: number): number {
  return weights.data[n * (weights.shape[1] as number) + o] as number
}
