// A .npz that may be larger than memory: its arrays' shapes, and those arrays that are wanted.
import { constants, inflateRawSync } from 'node:zlib'
import type { Values } from '../run/provided.ts'
import type { Shape } from '../tensor/tensor.ts'
import { largestFile } from './limits.ts'
import { shapeInNpy } from './npy.ts'
import { damaged, noArray, readNpz, SUFFIX, tooLarge } from './npz.ts'
import type { ByteSource } from './source.ts'
import { cutZip, dataOf, entriesOfZip, type ZipEntry } from './zip.ts'

const STORED = 0
const DEFLATED = 8
/** Bytes that hold the header of an array, as they stand in the file. */
const HEAD = { [STORED]: 12_000, [DEFLATED]: 4096 }

export interface NpzParts {
  /** in the order of the file */
  readonly names: readonly string[]
  /**
   * The shape of an array, of which only the beginning is read.
   * @throws {UsageError} if it is missing, or no array of numbers
   */
  shapeOf(name: string): Shape
  /**
   * The arrays of these names; nothing else is read.
   * @throws {UsageError} if one is missing, damaged, or they are more than a run may hold
   */
  read(names: readonly string[]): Readonly<Record<string, Values>>
}

/** @throws {UsageError} if it is no zip */
export function partsOfNpz(source: ByteSource): NpzParts {
  const arrays = new Map<string, ZipEntry>()
  for (const entry of entriesOfZip(source)) {
    const name = entry.name.slice(0, -SUFFIX.length)
    if (entry.name.endsWith(SUFFIX) && !arrays.has(name)) arrays.set(name, entry)
  }
  const names = [...arrays.keys()]
  const entryOf = (name: string) => {
    const entry = arrays.get(name)
    if (entry === undefined) throw noArray(name, names)
    return entry
  }
  return {
    names,
    shapeOf: (name) => shapeInNpy(headOf(source, entryOf(name))),
    read(wanted) {
      const entries = wanted.map(entryOf)
      const bytes = entries.reduce((sum, { packed, size }) => sum + Math.max(packed, size), 0)
      if (bytes > largestFile) throw tooLarge(bytes)
      return readNpz(cutZip(source, entries), [...wanted])
    },
  }
}

/** The beginning of an array's file. */
function headOf(source: ByteSource, entry: ZipEntry): Uint8Array {
  const { method, packed } = entry
  if (method !== STORED && method !== DEFLATED) throw damaged('zip')
  const head = dataOf(source, entry, Math.min(packed, HEAD[method]))
  if (method === STORED) return head
  try {
    // the flush lets it end where it was cut off
    return inflateRawSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    throw damaged('zip')
  }
}
