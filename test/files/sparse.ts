// A file of any size that is zeros but for some pieces, and how much of it was read.
import type { ByteSource } from '../../src/files/source.ts'

export function sparse(size: number, pieces: readonly [at: number, bytes: Uint8Array][]) {
  let bytesRead = 0
  const source: ByteSource = {
    size,
    read(start, end) {
      bytesRead += end - start
      const result = new Uint8Array(end - start)
      for (const [at, bytes] of pieces) {
        const [from, to] = [Math.max(at, start), Math.min(at + bytes.length, end)]
        if (from < to) result.set(bytes.subarray(from - at, to - at), from - start)
      }
      return result
    },
  }
  return { source, bytesRead: () => bytesRead }
}
