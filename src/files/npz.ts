// .npz: a zip of .npy files, one an array, as numpy.savez writes it. fflate does the zip, but leaves
// its checksums alone.
import { crc32 } from 'node:zlib'
import { type UnzipFileInfo, unzipSync, Zip, ZipPassThrough } from 'fflate'
import { UsageError } from '../base/errors.ts'
import type { Values } from '../run/provided.ts'
import { largestFile } from './limits.ts'
import { readNpy, writeNpy } from './npy.ts'
import { quoted } from './quoted.ts'

/** Far more arrays than a layer has tensors. */
export const MOST_ENTRIES = 10_000
/** A time stamp, since zip wants one: the same for the same arrays. */
const MTIME = '1980-01-02T00:00:00'
/** Deflate cannot shorten more than this; a size that says so lies. */
const MOST_INFLATION = 1040
export const SUFFIX = '.npy'

/**
 * The names of the arrays, in the order of the file. Nothing is inflated.
 * @throws {UsageError} if it is no zip
 */
export function namesInNpz(bytes: Uint8Array): string[] {
  const names: string[] = []
  unzip(bytes, ({ name }) => {
    if (name.endsWith(SUFFIX)) names.push(name.slice(0, -SUFFIX.length))
    return false
  })
  return names
}

/**
 * The arrays of these names, or all of them.
 * @throws {UsageError} if one is missing, damaged, or inflates to more than a run may hold
 */
export function readNpz(bytes: Uint8Array, names = namesInNpz(bytes)): Record<string, Values> {
  const wanted = new Set(names.map((name) => name + SUFFIX))
  const checksums = new Map<string, number>()
  let total = 0
  const files = unzip(bytes, ({ name, size, originalSize }, checksum) => {
    if (!wanted.delete(name)) return false
    total += originalSize
    if (total > largestFile) throw tooLarge(total)
    if (originalSize > MOST_INFLATION * (size + 1)) throw damaged(`array ${quoted(name)}`)
    checksums.set(name, checksum)
    return true
  })
  return Object.fromEntries(
    names.map((name) => {
      const file = Object.hasOwn(files, name + SUFFIX) ? files[name + SUFFIX] : undefined
      if (file === undefined) throw noArray(name, namesInNpz(bytes))
      if (crc32(file) !== checksums.get(name + SUFFIX)) throw corrupt(name)
      return [name, readNpy(file)]
    }),
  )
}

/** A zip of the arrays, in pieces; the numbers themselves are not copied. */
export function writeNpz(arrays: Readonly<Record<string, Values>>): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  for (const [name, array] of Object.entries(arrays)) {
    const entry = new ZipPassThrough(name + SUFFIX)
    entry.mtime = MTIME
    zip.add(entry)
    const [header, numbers] = writeNpy(array)
    entry.push(header)
    entry.push(numbers, true)
  }
  zip.end()
  return pieces
}

/**
 * fflate's unzip, which sees every entry before it inflates any, and never past its stated size.
 * @param filter told the CRC-32 of the entry's contents, too
 */
function unzip(bytes: Uint8Array, filter: (entry: UnzipFileInfo, checksum: number) => boolean) {
  let entries = 0
  try {
    const checksums = checksumsIn(bytes)
    return unzipSync(bytes, {
      filter(entry) {
        if (++entries > MOST_ENTRIES || entry.size > bytes.length) throw damaged('list')
        return filter(entry, checksums.next().value as number)
      },
    })
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw damaged('zip')
  }
}

/** The CRC-32 of every entry, in the order of the zip's directory, in which fflate goes, too. */
function* checksumsIn(bytes: Uint8Array): Generator<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (view.getUint32(end, true) !== END) end--
  // a large zip says in a second place where its directory is
  const wide = view.getUint32(end - 20, true) === WIDE && view.getUint32(end - 12, true)
  let at = wide ? view.getUint32(wide + 48, true) : view.getUint32(end + 16, true)
  for (;;) {
    yield view.getUint32(at + 16, true)
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    at += lengths.reduce((sum, length) => sum + length, 46)
  }
}

/** What the end of a directory begins with, and what tells where that of a large zip is. */
const [END, WIDE] = [0x06054b50, 0x07064b50]

export function damaged(what: string): UsageError {
  return new UsageError({
    en: `its ${what} cannot be read, expected a whole .npz as numpy.savez writes it: save it again`,
    zh: `${what} 读不出来，应为 numpy.savez 写出的完整 .npz：请重新保存`,
  })
}

function corrupt(name: string): UsageError {
  return new UsageError({
    en: `the numbers of array ${quoted(name)} do not match their checksum (CRC-32): the file was damaged, so save or copy it again`,
    zh: `数组 ${quoted(name)} 的数据与校验和（CRC-32）不符：文件已损坏，请重新保存或复制`,
  })
}

export function tooLarge(bytes: number): UsageError {
  return new UsageError({
    en: `its arrays would inflate to ${bytes} bytes, expected at most ${largestFile}: leave out what is not needed`,
    zh: `其中的数组解压后有 ${bytes} 字节，上限是 ${largestFile}：请去掉用不到的数组`,
  })
}

export function noArray(name: string, names: readonly string[]): UsageError {
  const has = names.slice(0, 8).map(quoted).join(', ') || 'nothing'
  return new UsageError({
    en: `it has no array ${quoted(name)}, expected one of ${has}: name it behind a colon, as in x.npz:${quotedName(names)}`,
    zh: `没有数组 ${quoted(name)}，只有 ${has}：请在冒号后写出名称，例如 x.npz:${quotedName(names)}`,
  })
}

function quotedName([first = 'name']: readonly string[]): string {
  return quoted(first).slice(1, -1)
}
