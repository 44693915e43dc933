// Memory for values that are all about to be written.

/** Node's way to memory that it does not clear first; a browser has none. */
const { Buffer: unclear } = globalThis as { Buffer?: typeof Buffer }
/** Values that a Buffer surely holds. */
const MOST = 2 ** 28

/** The values from `start` to before `end`. A view takes time to make, and for all of them none is needed. */
export function part(values: Float32Array, start: number, end: number): Float32Array {
  return start === 0 && end === values.length ? values : values.subarray(start, end)
}

let reused: ReusedMemory | undefined

/** So many float32 values; what they are until they are written is anybody's guess. */
export function unwritten(count: number): Float32Array {
  return reused?.next(count) ?? fresh(count)
}

function fresh(count: number): Float32Array {
  if (unclear === undefined || count > MOST) return new Float32Array(count)
  const { buffer } = unclear.allocUnsafeSlow(count * Float32Array.BYTES_PER_ELEMENT)
  return new Float32Array(buffer, 0, count)
}

/**
 * Memory for work that is done again and again, and whose results nobody keeps: each is written where it
 * was the time before. New memory is not in the caches yet, which a small convolution feels, and it
 * comes back only with the next garbage collection.
 */
export class ReusedMemory {
  readonly #blocks: Float32Array[] = []
  #next = 0

  /** What the work returns is good until the next time. */
  during<T>(work: () => T): T {
    const outer = reused
    reused = this
    this.#next = 0
    try {
      return work()
    } finally {
      reused = outer
    }
  }

  /** The next block of the work, in the order in which it asks. */
  next(count: number): Float32Array {
    const at = this.#next++
    const known = this.#blocks[at]
    if (known?.length === count) return known
    const block = fresh(count)
    this.#blocks[at] = block
    return block
  }
}
