// What a worker of the pool does: it computes a slice whenever its control block asks it to.
import { type Shape, sizeOf, tensor } from '../../tensor.ts'
import { type Algorithm, type ConvolutionOptions, planConvolution } from '../convolution-plan.ts'
import { Instance } from '../instance.ts'
import {
  awaitChange,
  COMPLETED,
  NEW_KERNELS,
  recordFailure,
  SUBMITTED,
  TASK,
} from './control-block.ts'

/** Slices of one shape, which will be computed, once or often. */
export interface Task {
  readonly id: number
  /** tasks of one arena share an instance, and are released together */
  readonly arena: number
  readonly x: Shape
  readonly w: Shape
  readonly how: ConvolutionOptions
  readonly algorithm: Algorithm
  readonly fused: boolean
  /** input, kernels, bias and output: float32 values, from the first on */
  readonly memory: Readonly<Record<'x' | 'w' | 'b' | 'y', SharedArrayBuffer>>
}

/** What a worker is told by message: a task, or to release those of an arena. */
export type PoolMessage = Task | { readonly release: number }

/**
 * Serves for ever.
 * @param receive the next message, if there is one
 */
export function serve(control: Int32Array, receive: () => PoolMessage | undefined): never {
  const arenas = new Map<number, Instance>()
  const ready = new Map<number, { readonly arena: number; run(newKernels: boolean): void }>()
  function listen(): void {
    const message = receive()
    if (!message) return
    if ('release' in message) {
      arenas.delete(message.release)
      for (const [id, { arena }] of ready) if (arena === message.release) ready.delete(id)
    } else {
      const { id, arena, fused } = message
      const instance = arenas.get(arena) ?? new Instance(fused)
      arenas.set(arena, instance)
      ready.set(id, { arena, run: prepare(message, instance) })
    }
  }
  for (let served = 0; ; ) {
    awaitChange(control, SUBMITTED, served)
    if (Atomics.load(control, SUBMITTED) === served) continue
    try {
      const id = Atomics.load(control, TASK)
      while (!ready.has(id)) listen()
      ready.get(id)?.run(Atomics.load(control, NEW_KERNELS) === 1)
    } catch (error) {
      recordFailure(control, error) // whoever waits must not wait for ever
    }
    served++
    Atomics.store(control, COMPLETED, served)
    Atomics.notify(control, COMPLETED)
  }
}

function prepare({ x, w, how, algorithm, memory }: Task, instance: Instance) {
  const plan = planConvolution(x, w, how, { instance, algorithm })
  const of = (buffer: SharedArrayBuffer, shape: Shape) =>
    tensor(new Float32Array(buffer, 0, sizeOf(shape)), shape)
  const [input, bias, output] = [
    of(memory.x, x),
    of(memory.b, [w[0] as number]),
    of(memory.y, plan.shape),
  ]
  let kernels = of(memory.w, w)
  return (newKernels: boolean) => {
    if (newKernels) kernels = of(memory.w, w) // a plan packs a tensor that it has not seen
    plan.run(input, kernels, bias, output.data)
  }
}
