// A worker, as the thread that gives it tasks sees it: what it is to compute is copied into shared memory.
import { subarrayOf } from '../../memory.ts'
import type { Tensor } from '../../tensor.ts'
import type { Algorithm } from '../convolution-plan.ts'
import {
  awaitChange,
  COMPLETED,
  createControlBlock,
  failureIn,
  NEW_KERNELS,
  SUBMITTED,
  TASK,
} from './control-block.ts'
import { kindOf, type Slice, valuesOf } from './slices.ts'
import type { PoolMessage } from './worker-loop.ts'

/** Starts a worker that serves this control block (see worker-loop.ts), and returns what sends it a message. */
export type StartWorker = (control: Int32Array) => (message: PoolMessage) => void

/** Slices that a worker is ready for. */
export interface PreparedTasks {
  /** Lets it begin; there must be a `finish` before the next `start` of that worker. */
  start(slice: Slice, x: Tensor, w: Tensor, b: Tensor | undefined): void
  /** Waits for its part of the result. */
  finish(slice: Slice, y: Float32Array): void
}

export class PoolWorker {
  readonly #control = createControlBlock()
  readonly #send: (message: PoolMessage) => void
  #tasks = 0
  #submitted = 0

  constructor(start: StartWorker) {
    this.#send = start(this.#control)
  }

  /** @param arena what it is released with; one arena is all fused, or all not */
  prepare(
    slices: readonly Slice[],
    options: { readonly arena: number; readonly fused: boolean; readonly algorithm: Algorithm },
  ): PreparedTasks {
    const shared = (name: keyof Slice['values']) =>
      new SharedArrayBuffer(4 * Math.max(0, ...slices.map(({ values }) => values[name].count)))
    const memory = { x: shared('x'), w: shared('w'), b: shared('b'), y: shared('y') }
    const [x, w, b, y] = [memory.x, memory.w, memory.b, memory.y].map(
      (buffer) => new Float32Array(buffer),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array]
    const kinds = new Map(slices.map((slice) => [kindOf(slice), slice]))
    const ready = new Map<string, { readonly id: number; kernels: GivenKernels }>()
    for (const [kind, slice] of kinds) {
      const id = this.#tasks++
      this.#send({ ...options, id, x: slice.x, w: slice.w, how: slice.how, memory })
      ready.set(kind, { id, kernels: [] })
    }
    return {
      start: (slice, input, kernels, bias) => {
        const task = ready.get(kindOf(slice)) as { id: number; kernels: GivenKernels }
        const { values } = slice
        x.set(valuesOf(values.x, input.data))
        const newKernels =
          slice.how.perSample || task.kernels[0] !== kernels || task.kernels[1] !== bias
        if (newKernels) {
          w.set(valuesOf(values.w, kernels.data))
          if (bias) b.set(valuesOf(values.b, bias.data))
          else b.fill(0)
          task.kernels = [kernels, bias]
        }
        this.#submit(task.id, newKernels)
      },
      finish: ({ values }, result) => {
        while (Atomics.load(this.#control, COMPLETED) !== this.#submitted)
          awaitChange(this.#control, COMPLETED, this.#submitted - 1)
        const failure = failureIn(this.#control)
        if (failure !== undefined)
          throw new RangeError(`a thread could not compute its part: ${failure}`)
        result.set(subarrayOf(y, 0, values.y.count), values.y.start)
      },
    }
  }

  release(arena: number): void {
    this.#send({ release: arena })
  }

  #submit(task: number, newKernels: boolean): void {
    this.#submitted++
    this.#control[TASK] = task
    this.#control[NEW_KERNELS] = newKernels ? 1 : 0
    Atomics.store(this.#control, SUBMITTED, this.#submitted)
    Atomics.notify(this.#control, SUBMITTED)
  }
}

/** Weights and bias that a worker has packed. */
type GivenKernels = readonly (Tensor | undefined)[]
