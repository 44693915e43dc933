// The directory of a zip that may be larger than memory, and a small zip of some of its entries.
// Only the directory at its end and the entries asked for are read; fflate, which needs the whole
// file, gets the small one. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { largestFile } from './limits.ts'
import { damaged, MOST_ENTRIES } from './npz.ts'
import type { ByteSource } from './source.ts'

/** An entry of the directory. */
export interface ZipEntry {
  readonly name: string
  /** its record there, up to the end of the name */
  readonly record: Uint8Array
  readonly method: number
  /** bytes in the file, and inflated */
  readonly packed: number
  readonly size: number
  /** where its own header stands */
  readonly start: number
}

const END = { signature: 0x06054b50, bytes: 22 }
const END64 = { signature: 0x06064b50, bytes: 56 }
const LOCATOR64 = { signature: 0x07064b50, bytes: 20 }
const RECORD = { signature: 0x02014b50, bytes: 46 }
const LOCAL = { signature: 0x04034b50, bytes: 30 }
const LONGEST_COMMENT = 0xffff
/** Stands for a number that is too large for its 4 bytes. */
const ELSEWHERE = 0xffffffff

/**
 * The entries, in the order of the file.
 * @throws {UsageError} if it is no zip
 */
export function entriesOfZip(source: ByteSource): ZipEntry[] {
  const { start, end, count } = directoryOf(source)
  const bytes = within(source, start, end)
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count; ) {
    if (at + RECORD.bytes > bytes.length || view.getUint32(at, true) !== RECORD.signature)
      throw damaged('list')
    const length = (field: number) => view.getUint16(at + field, true)
    const named = at + RECORD.bytes + length(28)
    const extended = named + length(30)
    const next = extended + length(32)
    if (next > bytes.length) throw damaged('list')
    const record = bytes.subarray(at, named)
    entries.push({
      name: new TextDecoder().decode(record.subarray(RECORD.bytes)),
      record,
      method: length(10),
      ...sizesIn(viewOf(record), viewOf(bytes.subarray(named, extended))),
    })
    at = next
  }
  return entries
}

/** A zip of these entries alone, which hold at most so much that 4 bytes can say it. */
export function cutZip(source: ByteSource, entries: readonly ZipEntry[]): Uint8Array {
  const pieces: Uint8Array[] = []
  const records: Uint8Array[] = []
  let written = 0
  for (const entry of entries) {
    const record = entry.record.slice()
    const view = viewOf(record)
    view.setUint32(20, entry.packed, true)
    view.setUint32(24, entry.size, true)
    view.setUint32(30, 0, true) // neither extra fields nor a comment
    view.setUint32(42, written, true)
    const local = new Uint8Array(LOCAL.bytes)
    viewOf(local).setUint32(0, LOCAL.signature, true)
    local.set(record.subarray(6, 32), 4) // what both headers have, from the version on
    const parts = [local, record.subarray(RECORD.bytes), dataOf(source, entry, entry.packed)]
    pieces.push(...parts)
    records.push(record)
    written += lengthOf(parts)
  }
  const end = new Uint8Array(END.bytes)
  const view = viewOf(end)
  view.setUint32(0, END.signature, true)
  view.setUint16(8, records.length, true)
  view.setUint16(10, records.length, true)
  view.setUint32(12, lengthOf(records), true)
  view.setUint32(16, written, true)
  return joined([...pieces, ...records, end])
}

/** The first bytes of an entry's data, as they stand in the file. */
export function dataOf(
  source: ByteSource,
  { start, packed }: ZipEntry,
  length: number,
): Uint8Array {
  const view = viewOf(within(source, start, start + LOCAL.bytes))
  if (view.getUint32(0, true) !== LOCAL.signature) throw damaged('zip')
  const first = start + LOCAL.bytes + view.getUint16(26, true) + view.getUint16(28, true)
  if (first + packed > source.size) throw damaged('list')
  return within(source, first, first + length)
}

/** Where the directory stands, and how many entries it has. */
function directoryOf(source: ByteSource): { start: number; end: number; count: number } {
  const tail = source.read(Math.max(0, source.size - END.bytes - LONGEST_COMMENT), source.size)
  const view = viewOf(tail)
  let at = tail.length - END.bytes
  while (at >= 0 && view.getUint32(at, true) !== END.signature) at--
  if (at < 0) throw damaged('zip')
  const [count, size, start] = [
    view.getUint16(at + 10, true),
    view.getUint32(at + 12, true),
    view.getUint32(at + 16, true),
  ]
  const locator = at - LOCATOR64.bytes
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64.signature)
    return checked(source, count, start, size)
  const place = Number(view.getBigUint64(locator + 8, true))
  const end = viewOf(within(source, place, place + END64.bytes))
  if (end.getUint32(0, true) !== END64.signature) throw damaged('zip')
  const [entries, bytes, first] = [32, 40, 48].map((each) => Number(end.getBigUint64(each, true)))
  return checked(source, entries as number, first as number, bytes as number)
}

function checked(source: ByteSource, count: number, start: number, size: number) {
  if (count > MOST_ENTRIES || size > largestFile || start + size > source.size)
    throw damaged('list')
  return { start, end: start + size, count }
}

/** Sizes and place of an entry: those that are too large stand in its extra fields, in this order. */
function sizesIn(record: DataView, extra: DataView): Pick<ZipEntry, 'size' | 'packed' | 'start'> {
  let at = 0
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1)
    at += 4 + extra.getUint16(at + 2, true)
  let next = at + 4
  const [size = 0, packed = 0, start = 0] = [24, 20, 42].map((field) => {
    const value = record.getUint32(field, true)
    if (value !== ELSEWHERE) return value
    if (next + 8 > extra.byteLength) throw damaged('list')
    next += 8
    return Number(extra.getBigUint64(next - 8, true))
  })
  return { size, packed, start }
}

/** Bytes of the file, if it has them. */
function within(source: ByteSource, start: number, end: number): Uint8Array {
  if (!(start >= 0 && end <= source.size)) throw damaged('list')
  return source.read(start, end)
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(lengthOf(pieces))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}
