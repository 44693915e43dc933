// A pool of workers: threads that compute a convolution together with this one, slice by slice.
import { uninitialized } from '../../memory.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../../tensor.ts'
import {
  type Algorithm,
  type ConvolutionOptions,
  type ConvolutionPlan,
  planConvolution,
} from '../convolution-plan.ts'
import type { Instance } from '../instance.ts'
import { problemOf, resultShape } from '../problem.ts'
import { PoolWorker, type StartWorker } from './pool-worker.ts'
import { kindOf, type Slice, slicesOf, valuesOf } from './slices.ts'

/** Values of input and output in a slice: what goes to another thread is copied, and should be little. */
const MOST = 1 << 20

export class WorkerPool {
  readonly #workers: readonly PoolWorker[]
  /** what stands for an instance in the other threads, which have theirs */
  readonly #arenas = new WeakMap<Instance, number>()
  #arenasSoFar = 0

  /** @param size threads, this one among them */
  constructor(size: number, start: StartWorker) {
    this.#workers = Array.from({ length: size - 1 }, () => new PoolWorker(start))
  }

  /** Threads, this one among them. */
  get size(): number {
    return this.#workers.length + 1
  }

  /** As `planConvolution`, and with the same results bit for bit. */
  plan(
    x: Shape,
    w: Shape,
    how: ConvolutionOptions,
    options: { readonly instance: Instance; readonly algorithm: Algorithm; readonly most?: number },
  ): ConvolutionPlan {
    const { instance, algorithm, most = MOST } = options
    const slices = slicesOf(x, w, how, this.size, most)
    const rounds = Array.from({ length: Math.ceil(slices.length / this.size) }, (_, round) =>
      slices.slice(round * this.size, (round + 1) * this.size),
    )
    const local = new LocalSlices(instance, algorithm)
    const { fused } = instance
    const remote = this.#workers.map((worker, n) =>
      worker.prepare(
        rounds.flatMap((round) => round[n + 1] ?? []),
        { arena: this.#arenaOf(instance), fused, algorithm },
      ),
    )
    const shape = resultShape(problemOf(x, w, how))
    return {
      algorithm,
      shape,
      run(x, w, b, y = uninitialized(sizeOf(shape))) {
        for (const [own, ...others] of rounds) {
          for (const [n, slice] of others.entries()) remote[n]?.start(slice, x, w, b)
          if (own) local.run(own, x, w, b, y)
          for (const [n, slice] of others.entries()) remote[n]?.finish(slice, y)
        }
        return tensor(y, shape)
      },
    }
  }

  /** Lets the workers release what they have made ready beside that instance. */
  release(instance: Instance): void {
    const arena = this.#arenas.get(instance)
    if (arena === undefined) return
    this.#arenas.delete(instance)
    for (const worker of this.#workers) worker.release(arena)
  }

  #arenaOf(instance: Instance): number {
    const arena = this.#arenas.get(instance) ?? this.#arenasSoFar++
    this.#arenas.set(instance, arena)
    return arena
  }
}

/** Slices that this thread computes itself. */
class LocalSlices {
  readonly #instance: Instance
  readonly #algorithm: Algorithm
  readonly #plans = new Map<string, ConvolutionPlan>()
  /** kernels as they are given, and the part of them */
  #given: readonly (Tensor | undefined)[] = []
  #taken: readonly [Tensor, Tensor | undefined] | undefined

  constructor(instance: Instance, algorithm: Algorithm) {
    this.#instance = instance
    this.#algorithm = algorithm
  }

  run(slice: Slice, x: Tensor, w: Tensor, b: Tensor | undefined, y: Float32Array): void {
    const { values } = slice
    const options = { instance: this.#instance, algorithm: this.#algorithm }
    const plan =
      this.#plans.get(kindOf(slice)) ?? planConvolution(slice.x, slice.w, slice.how, options)
    this.#plans.set(kindOf(slice), plan)
    if (slice.how.perSample || this.#given[0] !== w || this.#given[1] !== b) {
      const bias = b && tensor(valuesOf(values.b, b.data), [values.b.count])
      this.#taken = [tensor(valuesOf(values.w, w.data), slice.w), bias]
      this.#given = [w, b]
    }
    const [kernels, bias] = this.#taken as [Tensor, Tensor | undefined]
    plan.run(tensor(valuesOf(values.x, x.data), slice.x), kernels, bias, valuesOf(values.y, y))
  }
}
