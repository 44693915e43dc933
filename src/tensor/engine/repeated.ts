// Work that is done again and again, and whose results nobody keeps.
import { borrowing, type Lender, lenderInUse } from '../memory.ts'
import type { Shape } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import type { Convolution, ConvolutionPlan } from './plan.ts'
import { Workspace } from './workspace.ts'

/** Values of all results that are kept; where there are more, they are new memory every time. */
const MOST = 2 ** 28

/** The work that is being done, if it is some that is repeated. */
export function repeatedInUse(): Repeated | undefined {
  const lender = lenderInUse()
  return lender instanceof Repeated ? lender : undefined
}

/**
 * Its results lie in WebAssembly's memory, one behind the other, and are written there every time:
 * nothing is copied out, and nothing waits for memory that is not in the caches yet. The first time
 * they are new memory, since that is when it shows how many there are. By definition, without
 * WebAssembly, they lie in arrays.
 */
export class Repeated implements Lender {
  readonly #sizes: number[] = []
  #workspace: Workspace | undefined
  #blocks: readonly Float32Array[] | undefined
  /** results so far, this time */
  #count = 0

  /** What the work returns is good until the next time. */
  during<T>(work: () => T): T {
    this.#count = 0
    if (!this.#blocks) this.#sizes.length = 0
    const result = borrowing(this, work)
    this.#blocks ??= this.#reserve()
    return result
  }

  /** As long as results come in the order and in the sizes of the first time. */
  lend(count: number): Float32Array | undefined {
    const at = this.#count++
    if (!this.#blocks) this.#sizes[at] = count
    const block = this.#blocks?.[at]
    return block?.length === count ? block : undefined
  }

  /** Made the first time: later its memory would grow, and what lies in it would be lost. */
  planFor(x: Shape, w: Shape, how: Convolution): ConvolutionPlan | undefined {
    this.#workspace ??= new Workspace()
    if (!this.#workspace.upToDate) return undefined
    const known = this.#workspace.find(x, w, how)
    return known || this.#blocks ? known : this.#workspace.make(x, w, how)
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
