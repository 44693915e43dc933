// Threads that compute a convolution together with this one, slice by slice.
import { unwritten } from '../../memory.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../../tensor.ts'
import type { Instance } from '../instance.ts'
import { type Convolution, type ConvolutionPlan, planConvolution, type Way } from '../plan.ts'
import { problemOf, resultShape } from '../problem.ts'
import { createWords, type Message } from './member.ts'
import { Partner } from './partner.ts'
import { kindOf, type Slice, slicesOf, within } from './slices.ts'

/** Values of input and output in a slice: what goes to another thread is copied, and should be little. */
const MOST = 1 << 20

export class Team {
  readonly #partners: readonly Partner[]
  /** what stands for an instance in the other threads, which have theirs */
  readonly #rooms = new WeakMap<Instance, number>()
  #roomsSoFar = 0

  /**
   * @param size threads, this one among them
   * @param start starts one that serves these words (see member.ts)
   * @returns sends it a message
   */
  constructor(size: number, start: (words: Int32Array) => (message: Message) => void) {
    this.#partners = Array.from({ length: size - 1 }, () => {
      const words = createWords()
      return new Partner(words, start(words))
    })
  }

  /** Threads, this one among them. */
  get size(): number {
    return this.#partners.length + 1
  }

  /** As `planConvolution`, and with the same results bit for bit. */
  plan(
    x: Shape,
    w: Shape,
    how: Convolution,
    options: { readonly instance: Instance; readonly way: Way; readonly most?: number },
  ): ConvolutionPlan {
    const { instance, way, most = MOST } = options
    const slices = slicesOf(x, w, how, this.size, most)
    const turns = Array.from({ length: Math.ceil(slices.length / this.size) }, (_, turn) =>
      slices.slice(turn * this.size, (turn + 1) * this.size),
    )
    const ours = new Own(instance, way)
    const theirs = this.#partners.map((partner, n) =>
      partner.assign(
        this.#roomOf(instance),
        turns.flatMap((turn) => turn[n + 1] ?? []),
        instance.fused,
        way,
      ),
    )
    const shape = resultShape(problemOf(x, w, how))
    return {
      way,
      shape,
      run(x, w, b, y = unwritten(sizeOf(shape))) {
        for (const [own, ...others] of turns) {
          for (const [n, slice] of others.entries()) theirs[n]?.start(slice, x, w, b)
          if (own) ours.run(own, x, w, b, y)
          for (const [n, slice] of others.entries()) theirs[n]?.finish(slice, y)
        }
        return tensor(y, shape)
      },
    }
  }

  /** Lets the other threads forget what they have made ready beside that instance. */
  forget(instance: Instance): void {
    const room = this.#rooms.get(instance)
    if (room === undefined) return
    this.#rooms.delete(instance)
    for (const partner of this.#partners) partner.forget(room)
  }

  #roomOf(instance: Instance): number {
    const room = this.#rooms.get(instance) ?? this.#roomsSoFar++
    this.#rooms.set(instance, room)
    return room
  }
}

/** Slices that this thread computes itself. */
class Own {
  readonly #instance: Instance
  readonly #way: Way
  readonly #plans = new Map<string, ConvolutionPlan>()
  /** kernels as they are given, and the part of them */
  #given: readonly (Tensor | undefined)[] = []
  #taken: readonly [Tensor, Tensor | undefined] | undefined

  constructor(instance: Instance, way: Way) {
    this.#instance = instance
    this.#way = way
  }

  run(slice: Slice, x: Tensor, w: Tensor, b: Tensor | undefined, y: Float32Array): void {
    const { values } = slice
    const options = { instance: this.#instance, way: this.#way }
    const plan =
      this.#plans.get(kindOf(slice)) ?? planConvolution(slice.x, slice.w, slice.how, options)
    this.#plans.set(kindOf(slice), plan)
    if (slice.how.perSample || this.#given[0] !== w || this.#given[1] !== b) {
      const bias = b && tensor(within(values.b, b.data), [values.b.count])
      this.#taken = [tensor(within(values.w, w.data), slice.w), bias]
      this.#given = [w, b]
    }
    const [kernels, bias] = this.#taken as [Tensor, Tensor | undefined]
    plan.run(tensor(within(values.x, x.data), slice.x), kernels, bias, within(values.y, y))
  }
}
