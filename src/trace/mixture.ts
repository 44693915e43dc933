// A mixture: values that are sums over experts, such as a kernel W(x) = Σ πk(x) · Wk. Which steps
// are mixtures follows from the operation that made them.
import { sizeOf, type Tensor } from '../tensor/tensor.ts'
import { tensorNamed } from './query.ts'
import type { Step, Trace } from './trace.ts'

export interface Mixture {
  /** how many experts are mixed */
  readonly terms: number
  /** values that one sample's mixture has */
  readonly size: number
  /** the factors of term k in value number `at` of sample n; the last is the expert's own value */
  factors(k: number, n: number, at: number): readonly number[]
}

/** The mixture that a step is, or undefined if it is none. */
export function mixtureOf(trace: Trace, step: Step): Mixture | undefined {
  if (step.op === 'matmul') {
    const [weights, experts] = step.from.map((name) => tensorNamed(trace, name)) as [Tensor, Tensor]
    const [terms] = experts.shape as [number]
    const size = sizeOf(experts.shape) / terms
    return {
      terms,
      size,
      factors: (k, n, at) => [
        weights.data[n * terms + k] as number,
        experts.data[k * size + at] as number,
      ],
    }
  }
  if (step.op === 'productSum' && step.attributes.axis === 1) {
    const tensors = step.from.map((name) => tensorNamed(trace, name))
    const [, terms = 1, ...kernel] = step.attributes.shape
    return {
      terms,
      size: sizeOf(kernel),
      factors: (k, n, at) => {
        const index = [n, k, ...indexOf(at, kernel)]
        return tensors.map((each) => broadcastAt(each, index))
      },
    }
  }
  return undefined
}

/** The index of value number `at` of that shape. */
export function indexOf(at: number, shape: readonly number[]): number[] {
  return shape.map((size, axis) => Math.floor(at / sizeOf(shape.slice(axis + 1))) % size)
}

/** The value that a tensor, broadcast along its axes of size 1, has there. */
export function broadcastAt({ data, shape }: Tensor, index: readonly number[]): number {
  const own = index.slice(index.length - shape.length)
  const at = shape.reduce((sum, size, axis) => sum * size + (size === 1 ? 0 : (own[axis] ?? 0)), 0)
  return data[at] as number
}
