// One output value worked out: the window that the convolution reads, its kernel, their products
// and their sum. Everything is found along the graph, from the output backwards.
import { operation } from '../ops/index.ts'
import { type Pair, windowAt } from '../tensor/geometry.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { stepOf, tensorNamed } from './query.ts'
import type { Step, Trace, ValueStep, WindowStep } from './trace.ts'

export type ConvolutionStep = Step & { readonly op: 'conv2d' }

/** The convolution that makes a step, and the steps that its values go through on the way, one by one. */
export interface Maker {
  readonly convolution: ConvolutionStep
  /** what changes values; the last is the step itself, if it is not the convolution */
  readonly followed: readonly Step[]
}

/**
 * @param id the step whose maker is asked for; the last one of the pass if none is given
 * @returns undefined where no one window makes a value: a pool has gone over it, or nothing convolves
 */
export function makerOf(trace: Trace, id = lastOf(trace).id): Maker | undefined {
  const step = stepOf(trace, id)
  if (step.op === 'conv2d') return { convolution: step, followed: [] }
  const parent = trace.steps.find((each) => each.id === step.from[0])
  if (step.op === 'input' || !operation(step.op).elementwise) return undefined
  if (String(parent?.shape) !== String(step.shape)) return undefined
  const maker = makerOf(trace, parent?.id)
  if (maker === undefined || step.op === 'identity') return maker
  return { ...maker, followed: [...maker.followed, step] }
}

/** The convolution that a layer is about: the one that makes its output, or else its last. */
export function mainConvolution(trace: Trace): ConvolutionStep | undefined {
  const last = trace.steps.findLast(({ op }) => op === 'conv2d') as ConvolutionStep | undefined
  return makerOf(trace)?.convolution ?? last
}

/** The same of a layer that is known to convolve, which all are whose checks ask for it. */
export function convolutionStepOf(trace: Trace): ConvolutionStep {
  const convolution = mainConvolution(trace)
  if (convolution === undefined) throw new RangeError(`${trace.layer} has no convolution`)
  return convolution
}

/** What scales a convolution's result, if nothing else follows it: the step's weights, by id. */
export function scaleOf({ followed }: Maker): string | undefined {
  const [only, more] = followed
  return only?.op === 'multiply' && more === undefined ? only.from[1] : undefined
}

/** The last step of the pass: the output. */
export function lastOf({ steps }: Trace): Step {
  return steps.at(-1) as Step
}

/** Whether one window makes the value. */
export function isWindow(step: ValueStep): step is WindowStep {
  return 'reads' in step
}

/** One value of the output: by its window, or alone where no one window makes it. */
export function valueStep(trace: Trace, at: ValueStep['at']): ValueStep {
  const { id, formula } = lastOf(trace)
  const total = valueAt(stepOf(trace, id), at)
  return (
    windowStep(trace, at) ?? {
      ...shown,
      formula,
      axes: [],
      from: [id],
      shape: [],
      values: Float32Array.of(total),
      at,
      total,
    }
  )
}

const shown = {
  id: 'window',
  kind: 'window',
  op: 'window',
  attributes: {},
  title: { en: 'One output value', zh: '一个输出值' },
} as const

/**
 * The step that shows how output[n, o, i, j] comes about.
 * @param at a cell inside the output
 * @param id the step whose value it is, if not the output's
 * @returns undefined where no one window makes it
 */
export function windowStep(
  trace: Trace,
  at: ValueStep['at'],
  id = lastOf(trace).id,
): WindowStep | undefined {
  const maker = makerOf(trace, id)
  if (maker === undefined) return undefined
  const { convolution, followed } = maker
  const { attributes, from } = convolution
  const [n, o, i, j] = at
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
  const scaleId = scaleOf(maker)
  const scale = scaleId === undefined ? undefined : scaleAt(tensorNamed(trace, scaleId), n, o)
  const behind = scale === undefined ? followed : []

  return {
    ...shown,
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
    ...(behind.length > 0 && {
      followed: behind.map(({ id }) => id),
      convolved: valueAt(convolution, at),
    }),
    total: valueAt(stepOf(trace, id), at),
  }
}

function valueAt({ values, shape }: Step, at: ValueStep['at']): number {
  const flat = at.reduce((sum, index, axis) => sum * (shape[axis] ?? 1) + index, 0)
  return values[flat] as number
}

/** The weight of output channel o for sample n; (B, O, 1, 1). */
function scaleAt(weights: Tensor, n: number, o: number): number {
  return weights.data[n * (weights.shape[1] as number) + o] as number
}
