// What convolutions are computed with: an instance, and the plans that live in its memory.
import { type Shape, sizeOf } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import {
  type ConvolutionOptions,
  type ConvolutionPlan,
  fastestAlgorithm,
  planConvolution,
} from './convolution-plan.ts'
import { Instance } from './instance.ts'
import { problemOf, resultShape } from './problem.ts'
import { workerPoolInUse } from './threads/pool-in-use.ts'

/** Multiply-adds, and those for every value, of a convolution that several threads are worth asking for. */
const SHARED = { all: 1 << 21, perValue: 4 }

/** A plan, and what it is for. */
interface Planned {
  readonly x: Shape
  readonly w: Shape
  readonly how: ConvolutionOptions
  readonly plan: ConvolutionPlan
}

export class Workspace {
  readonly instance = new Instance(chosenEngine().fma)
  readonly pool = workerPoolInUse()
  readonly #plans: Planned[] = []

  /** Whether it is for the engine and the workers that are to compute now. */
  get upToDate(): boolean {
    return this.instance.fused === chosenEngine().fma && this.pool === workerPoolInUse()
  }

  /** The plan for this, if there is one; a small convolution waits for it. */
  find(x: Shape, w: Shape, how: ConvolutionOptions): ConvolutionPlan | undefined {
    const planned = this.#plans.find(
      (each) => same(each.x, x) && same(each.w, w) && (each.how === how || alike(each.how, how)),
    )
    return planned?.plan
  }

  make(x: Shape, w: Shape, how: ConvolutionOptions): ConvolutionPlan {
    const plan = this.#planned(x, w, how)
    this.#plans.push({ x, w, how, plan })
    return plan
  }

  #planned(x: Shape, w: Shape, how: ConvolutionOptions): ConvolutionPlan {
    const { instance, pool } = this
    if (!pool || !worthSharing(x, w, how)) return planConvolution(x, w, how, { instance })
    return pool.plan(x, w, how, { instance, algorithm: fastestAlgorithm(problemOf(x, w, how)) })
  }
}

/** Waking a thread takes time, and so does copying what it reads and writes. */
function worthSharing(x: Shape, w: Shape, how: ConvolutionOptions): boolean {
  const problem = problemOf(x, w, how)
  const values = sizeOf(x) + sizeOf(resultShape(problem))
  const multiplyAdds =
    sizeOf(w) * sizeOf(problem.outputSize) * (how.perSample ? 1 : problem.samples)
  return multiplyAdds >= Math.max(SHARED.all, SHARED.perValue * values)
}

function alike(a: ConvolutionOptions, b: ConvolutionOptions): boolean {
  return (
    a.groups === b.groups &&
    a.perSample === b.perSample &&
    same(a.stride, b.stride) &&
    same(a.dilation, b.dilation) &&
    (typeof a.padding === 'string' || typeof b.padding === 'string'
      ? a.padding === b.padding
      : same(a.padding, b.padding))
  )
}

/** Of the same length, which they are known to have. */
function same(a: readonly number[], b: readonly number[]): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
