// Memory for values that are all about to be written.

/** Node's way to memory that it does not clear first; a browser has none. */
const { Buffer: unclear } = globalThis as { Buffer?: typeof Buffer }
/** Values that a Buffer surely holds. */
const MOST = 2 ** 28

/** So many float32 values; what they are until they are written is anybody's guess. */
export function unwritten(count: number): Float32Array<ArrayBuffer> {
  if (unclear === undefined || count > MOST) return new Float32Array(count)
  const { buffer } = unclear.allocUnsafeSlow(count * Float32Array.BYTES_PER_ELEMENT)
  return new Float32Array(buffer as ArrayBuffer)
}
