// Bytes that are read where they are needed: a file can be far larger than what is wanted of it.

export interface ByteSource {
  /** bytes in all */
  readonly size: number
  /** The bytes from `start` up to `end`, both within the size. */
  read(start: number, end: number): Uint8Array
}

/** Bytes that are there already. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (start, end) => bytes.subarray(start, end) }
}
