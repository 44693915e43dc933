// An arena for the results of work that is done again and again, and that nobody keeps.
import { type Arena, allocatingFrom, arenaInUse } from '../memory.ts'
import type { Shape } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import type { ConvolutionOptions, ConvolutionPlan } from './convolution-plan.ts'
import { Workspace } from './workspace.ts'

/** Values of all results that are kept; where there are more, they are new memory every time. */
const MOST = 2 ** 28

/** The arena of the work that is being done, if it is some that is repeated. */
export function resultArenaInUse(): ResultArena | undefined {
  const arena = arenaInUse()
  return arena instanceof ResultArena ? arena : undefined
}

/**
 * Its results lie in WebAssembly's memory, one behind the other, and are written there every time:
 * nothing is copied out, and nothing waits for memory that is not in the caches yet. The first time
 * they are new memory, since that is when it shows how many there are. By definition, without
 * WebAssembly, they lie in arrays.
 */
export class ResultArena implements Arena {
  readonly #sizes: number[] = []
  #workspace: Workspace | undefined
  #results: readonly Float32Array[] | undefined
  /** results so far, this time */
  #count = 0

  /** What the work returns is good until the next time. */
  run<T>(work: () => T): T {
    this.#count = 0
    if (!this.#results) this.#sizes.length = 0
    const result = allocatingFrom(this, work)
    this.#results ??= this.#reserve()
    return result
  }

  /** As long as results come in the order and in the sizes of the first time. */
  allocate(count: number): Float32Array | undefined {
    const at = this.#count++
    if (!this.#results) this.#sizes[at] = count
    const result = this.#results?.[at]
    return result?.length === count ? result : undefined
  }

  /** Made the first time: later its memory would grow, and what lies in it would be lost. */
  planFor(x: Shape, w: Shape, how: ConvolutionOptions): ConvolutionPlan | undefined {
    this.#workspace ??= new Workspace()
    if (!this.#workspace.upToDate) return undefined
    const known = this.#workspace.find(x, w, how)
    return known || this.#results ? known : this.#workspace.make(x, w, how)
  }

  #reserve(): Float32Array[] {
    if (this.#sizes.reduce((sum, size) => sum + size, 0) > MOST) return []
    if (chosenEngine().name === 'reference')
      return this.#sizes.map((size) => new Float32Array(size))
    this.#workspace ??= new Workspace()
    const { instance } = this.#workspace
    const addresses = this.#sizes.map((size) => instance.reserve(size))
    const { buffer } = instance.floats
    return addresses.map((address, at) => new Float32Array(buffer, address, this.#sizes[at]))
  }
}
