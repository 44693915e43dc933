// Memory for values that are all about to be written.
import type { Tensor } from './tensor.ts'

/** Node's way to memory that it does not clear first; a browser has none. */
const { Buffer: unclear } = globalThis as { Buffer?: typeof Buffer }
/** Values that a Buffer surely holds. */
const MOST = 2 ** 28

/** Memory of its own for what is computed while it is in use. */
export interface Arena {
  /** For so many values; undefined if it has none. */
  allocate(count: number): Float32Array | undefined
}

let current: Arena | undefined

export function arenaInUse(): Arena | undefined {
  return current
}

/** So many float32 values; what they are until they are written is anybody's guess. */
export function uninitialized(count: number): Float32Array {
  const allocated = current?.allocate(count)
  if (allocated) return allocated
  if (unclear === undefined || count > MOST) return new Float32Array(count)
  const { buffer } = unclear.allocUnsafeSlow(count * Float32Array.BYTES_PER_ELEMENT)
  return new Float32Array(buffer, 0, count)
}

/** Memory for so many values in the precision of this tensor: float64 where a derivative is checked. */
export function emptyLike({ data }: Tensor, count: number): Float32Array {
  return isFloat64(data)
    ? (new Float64Array(count) as unknown as Float32Array)
    : uninitialized(count)
}

/** Sums as a tensor like this one, each rounded once to its precision. */
export function rounded(sums: Float64Array, like: Tensor): Tensor {
  const data = emptyLike(like, sums.length)
  data.set(sums)
  return { data, shape: like.shape }
}

/** Derivatives are checked on float64 tensors, which no run has. */
export function isFloat64(values: Float32Array): boolean {
  return (values as unknown) instanceof Float64Array
}

/** Does the work with memory from that arena. */
export function allocatingFrom<T>(arena: Arena, work: () => T): T {
  const before = current
  current = arena
  try {
    return work()
  } finally {
    current = before
  }
}

/** The values from `start` to before `end`. A view takes time to make, and for all of them none is needed. */
export function subarrayOf(values: Float32Array, start: number, end: number): Float32Array {
  return start === 0 && end === values.length ? values : values.subarray(start, end)
}
