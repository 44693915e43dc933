// How many multiplications a run really takes: every step is computed once more, as plainly as
// its definition reads, with a multiplication that counts itself.
import type { Attributes, Op } from '../../src/ops/index.ts'
import { ops } from '../../src/ops/index.ts'
import { border } from '../../src/tensor/geometry.ts'
import { type Shape, sizeOf, type Tensor } from '../../src/tensor/tensor.ts'
import { tensorOf } from '../../src/trace/query.ts'
import type { Step, Trace } from '../../src/trace/trace.ts'
import { expectClose } from '../close.ts'

type Times = (a: number, b: number) => number

/**
 * Multiplications by step, for the whole batch.
 * @throws if counting gives other values than the step has: then it is not that step's count
 */
export function multiplicationsOf(trace: Trace): Map<string, number> {
  const known = new Map<string, Tensor>(
    [...trace.parameters].map((each) => [`parameters/${each.name}`, tensorOf(each)]),
  )
  return new Map(
    trace.steps.map((step) => {
      let count = 0
      const times: Times = (a, b) => {
        count++
        return a * b
      }
      const parents = step.from.map((id) => known.get(id) as Tensor)
      known.set(step.id, tensorOf(step))
      if (step.op !== 'input') expectClose(step.values, counted(step, parents, times), step.id)
      return [step.id, count]
    }),
  )
}

/**
 * The step's values. What counts is a learnt or attended weight times a value; means, exp,
 * divisions and the batch norm's affine, which folds into the layer before it, do not.
 */
function counted(step: Step, parents: readonly Tensor[], times: Times): Float32Array {
  if (step.op === 'input') return step.values
  const count = counting[step.op] as Counting<Op> | undefined
  const compute =
    count ?? ((inputs, attributes) => ops[step.op as Op].forward(inputs, attributes as never).data)
  return compute(parents, step.attributes as never, times)
}

type Counting<O extends Op> = (
  parents: readonly Tensor[],
  attributes: Attributes[O],
  times: Times,
) => Float32Array

const counting: { readonly [O in Op]?: Counting<O> } = {
  conv2d: ([x, w, b], how, times) => convolve(x as Tensor, w as Tensor, b, how, times),
  linear: ([x, w, b], _, times) => dense(x as Tensor, w as Tensor, b as Tensor, times).data,
  linearSigmoid: ([x, w, b], attributes, times) =>
    ops.sigmoid.forward([dense(x as Tensor, w as Tensor, b as Tensor, times)], attributes).data,
  linearSoftmax: ([x, w, b], attributes, times) =>
    ops.softmax.forward([dense(x as Tensor, w as Tensor, b as Tensor, times)], attributes).data,
  matmul([a, b], _, times) {
    const [left, right] = [a as Tensor, b as Tensor]
    const [M, K] = left.shape as [number, number]
    const N = sizeOf(right.shape) / K
    return Float32Array.from({ length: M * N }, (_, at) =>
      sum(K, (k) => {
        const [m, n] = [Math.floor(at / N), at % N]
        return times(value(left, m * K + k), value(right, k * N + n))
      }),
    )
  },
  multiply([a, b], _, times) {
    const [left, right] = [a as Tensor, b as Tensor]
    const shape = left.shape.map((size, axis) => Math.max(size, right.shape[axis] as number))
    return Float32Array.from({ length: sizeOf(shape) }, (_, at) => {
      const index = indexOf(at, shape)
      return times(read(left, index), read(right, index))
    })
  },
  productSum(factors, { shape, axis }, times) {
    const kept = shape.filter((_, a) => a !== axis)
    return Float32Array.from({ length: sizeOf(kept) }, (_, at) =>
      sum(shape[axis] as number, (term) => {
        const index = indexOf(at, kept).toSpliced(axis, 0, term)
        return factors.map((factor) => read(factor, index)).reduce(times)
      }),
    )
  },
}

/** Convolution of an input that really has its zeros around it: they are multiplied too. */
function convolve(
  x: Tensor,
  w: Tensor,
  b: Tensor | undefined,
  how: Attributes['conv2d'],
  times: Times,
): Float32Array {
  const [B, C, H, W] = x.shape as [number, number, number, number]
  const [rows, Cg, kh, kw] = w.shape as [number, number, number, number]
  const O = how.perSample ? rows / B : rows
  const [top, left] = [border(how, 0), border(how, 1)]
  const [Hp, Wp] = [top.before + H + top.behind, left.before + W + left.behind]
  const padded = new Float32Array(B * C * Hp * Wp)
  for (const [at, value] of x.data.entries()) {
    const [n, c, i, j] = indexOf(at, x.shape) as [number, number, number, number]
    padded[((n * C + c) * Hp + i + top.before) * Wp + j + left.before] = value
  }
  const y: number[] = []
  for (let n = 0; n < B; n++)
    for (let o = 0; o < O; o++)
      for (let i = 0; i + how.dilation[0] * (kh - 1) < Hp; i += how.stride[0])
        for (let j = 0; j + how.dilation[1] * (kw - 1) < Wp; j += how.stride[1]) {
          const kernel = how.perSample ? n * O + o : o
          const first = n * C + Math.floor(o / (O / how.groups)) * Cg
          const taps = sum(Cg * kh * kw, (tap) => {
            const [c, u, v] = indexOf(tap, [Cg, kh, kw]) as [number, number, number]
            const row = (first + c) * Hp + i + u * how.dilation[0]
            const weight = value(w, kernel * Cg * kh * kw + tap)
            return times(weight, padded[row * Wp + j + v * how.dilation[1]] as number)
          })
          y.push(taps + (b ? value(b, kernel) : 0))
        }
  return Float32Array.from(y)
}

/** (B, C) and (O, C) -> (B, O), further axes of size 1 */
function dense(x: Tensor, w: Tensor, b: Tensor, times: Times): Tensor {
  const [B, C] = x.shape as [number, number]
  const [O] = w.shape as [number]
  const data = Float32Array.from({ length: B * O }, (_, at) => {
    const [n, o] = [Math.floor(at / O), at % O]
    return sum(C, (c) => times(value(x, n * C + c), value(w, o * C + c))) + value(b, o)
  })
  return tensorOf({ values: data, shape: [B, O] })
}

function sum(terms: number, term: (k: number) => number): number {
  return Array.from({ length: terms }, (_, k) => term(k)).reduce((a, b) => a + b, 0)
}

const value = (x: Tensor, at: number) => x.data[at] as number

/** Where the value number `at` of that shape stands. */
function indexOf(at: number, shape: Shape): number[] {
  return shape.map((size, axis) => Math.floor(at / sizeOf(shape.slice(axis + 1))) % size)
}

/** The value there; axes that x lacks in front, or has of size 1, repeat. */
function read(x: Tensor, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length)
  return value(
    x,
    own.reduce((at, i, axis) => at * (x.shape[axis] as number) + (x.shape[axis] === 1 ? 0 : i), 0),
  )
}
