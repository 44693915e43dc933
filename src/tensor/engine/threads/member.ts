// A thread that computes slices whenever it is asked to. What it is asked goes through words that both
// sides see, since a message takes longer than a small convolution.
import { type Shape, sizeOf, tensor } from '../../tensor.ts'
import { Instance } from '../instance.ts'
import { type Convolution, planConvolution, type Way } from '../plan.ts'

/** The words. */
export const REQUESTS = 0 // how many there have been
export const ANSWERS = 1 // and how many are done
export const ASSIGNMENT = 2 // which one is asked for
export const FRESH = 3 // 1 if its kernels are others than before
export const FAILED = 4 // bytes that tell what was thrown, if something was
export const WORDS = 5

/** Bytes behind the words, for the stack of what was thrown. */
const REASON = 4096

/** Words for one thread. */
export function createWords(): Int32Array {
  const bytes = WORDS * Int32Array.BYTES_PER_ELEMENT
  return new Int32Array(new SharedArrayBuffer(bytes + REASON), 0, WORDS)
}

/** Slices of one shape, which will be computed, once or often. */
export interface Assignment {
  readonly id: number
  /** assignments of one room share an instance, and are forgotten together */
  readonly room: number
  readonly x: Shape
  readonly w: Shape
  readonly how: Convolution
  readonly way: Way
  readonly fused: boolean
  /** input, kernels, bias and output: float32 values, from the first on */
  readonly memory: Readonly<Record<'x' | 'w' | 'b' | 'y', SharedArrayBuffer>>
}

/** What a thread is told by message: an assignment, or to forget those of a room. */
export type Message = Assignment | { readonly forget: number }

/** Looks so often for a request before it sleeps: for a quarter of a millisecond. */
const LOOKS = 20000

/** Waits until the word has that value no more: for a moment wide awake, then asleep. */
export function awaitChange(words: Int32Array, word: number, value: number): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, word) !== value) return
  Atomics.wait(words, word, value)
}

/**
 * Serves for ever.
 * @param words as many as WORDS
 * @param receive the next message, if there is one
 */
export function serve(words: Int32Array, receive: () => Message | undefined): never {
  const rooms = new Map<number, Instance>()
  const ready = new Map<number, { readonly room: number; run(fresh: boolean): void }>()
  function listen(): void {
    const message = receive()
    if (!message) return
    if ('forget' in message) {
      rooms.delete(message.forget)
      for (const [id, { room }] of ready) if (room === message.forget) ready.delete(id)
    } else {
      const { id, room, fused } = message
      const instance = rooms.get(room) ?? new Instance(fused)
      rooms.set(room, instance)
      ready.set(id, { room, run: prepare(message, instance) })
    }
  }
  for (let served = 0; ; ) {
    awaitChange(words, REQUESTS, served)
    if (Atomics.load(words, REQUESTS) === served) continue
    try {
      const id = Atomics.load(words, ASSIGNMENT)
      while (!ready.has(id)) listen()
      ready.get(id)?.run(Atomics.load(words, FRESH) === 1)
    } catch (error) {
      tellReason(words, error) // whoever waits must not wait for ever
    }
    served++
    Atomics.store(words, ANSWERS, served)
    Atomics.notify(words, ANSWERS)
  }
}

function tellReason(words: Int32Array, error: unknown): void {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
  const reason = new Uint8Array(words.buffer, words.byteLength)
  const bytes = new TextEncoder().encode(stack).subarray(0, reason.length)
  reason.set(bytes)
  Atomics.store(words, FAILED, bytes.length)
}

/** What the thread has thrown, as the one that waits throws it. */
export function failureOf(words: Int32Array): Error | undefined {
  const length = Atomics.load(words, FAILED)
  if (length === 0) return undefined
  const bytes = new Uint8Array(words.buffer, words.byteLength, length).slice()
  const stack = new TextDecoder().decode(bytes)
  const failure = new RangeError(`a thread could not compute its part: ${stack.split('\n')[0]}`)
  failure.stack = `${failure.name}: ${failure.message}\n${stack}`
  return failure
}

function prepare({ x, w, how, way, memory }: Assignment, instance: Instance) {
  const plan = planConvolution(x, w, how, { instance, way })
  const of = (buffer: SharedArrayBuffer, shape: Shape) =>
    tensor(new Float32Array(buffer, 0, sizeOf(shape)), shape)
  const [input, bias, output] = [
    of(memory.x, x),
    of(memory.b, [w[0] as number]),
    of(memory.y, plan.shape),
  ]
  let kernels = of(memory.w, w)
  return (fresh: boolean) => {
    if (fresh) kernels = of(memory.w, w) // a plan packs a tensor that it has not seen
    plan.run(input, kernels, bias, output.data)
  }
}
