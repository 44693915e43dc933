// Another thread, as this one sees it: what it is to compute is copied into memory that both see.
import { part } from '../../memory.ts'
import type { Tensor } from '../../tensor.ts'
import type { Way } from '../plan.ts'
import {
  ANSWERS,
  ASSIGNMENT,
  awaitChange,
  FRESH,
  failureOf,
  type Message,
  REQUESTS,
} from './member.ts'
import { kindOf, type Slice, within } from './slices.ts'

/** Slices that a partner is ready for. */
export interface Assigned {
  /** Lets it begin; there must be a `finish` before the next `start` of that partner. */
  start(slice: Slice, x: Tensor, w: Tensor, b: Tensor | undefined): void
  /** Waits for its part of the result. */
  finish(slice: Slice, y: Float32Array): void
}

export class Partner {
  readonly #words: Int32Array
  readonly #send: (message: Message) => void
  #assignments = 0
  #requests = 0

  /** @param words that it serves */
  constructor(words: Int32Array, send: (message: Message) => void) {
    this.#words = words
    this.#send = send
  }

  /** @param room what it is forgotten with; one room is all fused, or all not */
  assign(room: number, slices: readonly Slice[], fused: boolean, way: Way): Assigned {
    const shared = (name: keyof Slice['values']) =>
      new SharedArrayBuffer(4 * Math.max(0, ...slices.map(({ values }) => values[name].count)))
    const memory = { x: shared('x'), w: shared('w'), b: shared('b'), y: shared('y') }
    const [x, w, b, y] = [memory.x, memory.w, memory.b, memory.y].map(
      (buffer) => new Float32Array(buffer),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array]
    const kinds = new Map(slices.map((slice) => [kindOf(slice), slice]))
    const ready = new Map<string, { readonly id: number; kernels: Kernels }>()
    for (const [kind, slice] of kinds) {
      const id = this.#assignments++
      this.#send({ id, room, x: slice.x, w: slice.w, how: slice.how, way, fused, memory })
      ready.set(kind, { id, kernels: [] })
    }
    return {
      start: (slice, input, kernels, bias) => {
        const assignment = ready.get(kindOf(slice)) as { id: number; kernels: Kernels }
        const { values } = slice
        x.set(within(values.x, input.data))
        const fresh =
          slice.how.perSample || assignment.kernels[0] !== kernels || assignment.kernels[1] !== bias
        if (fresh) {
          w.set(within(values.w, kernels.data))
          if (bias) b.set(within(values.b, bias.data))
          else b.fill(0)
          assignment.kernels = [kernels, bias]
        }
        this.#request(assignment.id, fresh)
      },
      finish: ({ values }, result) => {
        while (Atomics.load(this.#words, ANSWERS) !== this.#requests)
          awaitChange(this.#words, ANSWERS, this.#requests - 1)
        const failure = failureOf(this.#words)
        if (failure) throw failure
        result.set(part(y, 0, values.y.count), values.y.start)
      },
    }
  }

  forget(room: number): void {
    this.#send({ forget: room })
  }

  #request(assignment: number, fresh: boolean): void {
    this.#requests++
    this.#words[ASSIGNMENT] = assignment
    this.#words[FRESH] = fresh ? 1 : 0
    Atomics.store(this.#words, REQUESTS, this.#requests)
    Atomics.notify(this.#words, REQUESTS)
  }
}

/** Weights and bias that a thread has packed. */
type Kernels = readonly (Tensor | undefined)[]
