// .png, decoded by pngjs.
import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { UsageError } from '../base/errors.ts'
import { mostPixels } from './limits.ts'
import type { Pixels } from './pixels.ts'

/** Where the header chunk, which must be the first, ends. */
const HEADER_END = 33
/** Bytes that an encoder may leave behind the last row. */
const SLACK = 2 ** 16

/** What pngjs finds out about a file beside its pixels. */
interface Decoded {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly color: boolean
  readonly palette: unknown
  readonly data: Uint8Array | Uint16Array
}

/** @throws {UsageError} if the file is damaged or has too many pixels */
export function decodePng(bytes: Uint8Array): Pixels {
  checkSize(bytes)
  try {
    const { width, height, depth, color, palette, data } = PNG.sync.read(Buffer.from(bytes), {
      skipRescale: true,
    }) as unknown as Decoded
    const most = palette ? 255 : 2 ** depth - 1
    return { rows: height, columns: width, rgba: data, most, grey: !color }
  } catch {
    throw damaged()
  }
}

/**
 * Counts pixels before any is decoded, and the bytes of their rows: pngjs would make up what is
 * missing, and put no bound to an interlaced image.
 */
function checkSize(bytes: Uint8Array): void {
  if (bytes.length < HEADER_END) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, kind, interlaced] = [bytes[24], bytes[25], bytes[28]] as [number, number, number]
  const samples = samplesOf[kind]
  if (width === 0 || height === 0 || samples === undefined) throw damaged()
  if (width * height > mostPixels) throw tooManyPixels(width, height)
  const expected = sizeOfRows(width, height, depth * samples, interlaced === 1)
  try {
    const rows = inflateSync(compressed(bytes, view), { maxOutputLength: expected + SLACK })
    if (rows.length < expected) throw damaged()
  } catch {
    throw damaged()
  }
}

/** Numbers a pixel, by the kind of image: grey, colour, palette, and grey and colour with alpha. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Where each pass over an interlaced image starts, and how far its pixels are apart. */
const interlacing = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** Bytes of all rows: a byte for the filter, then the pixels. */
function sizeOfRows(width: number, height: number, bits: number, interlaced: boolean): number {
  const passes = interlaced ? interlacing : ([[0, 0, 1, 1]] as const)
  return passes.reduce((sum, [x, y, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)]
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * bits) / 8)) : sum
  }, 0)
}

/** The data of all IDAT chunks. */
function compressed(bytes: Uint8Array, view: DataView): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === IDAT)
      parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  return Buffer.concat(parts)
}

const IDAT = 0x49444154

function damaged(): UsageError {
  return new UsageError({
    en: 'this PNG image is damaged or cut off: save it again',
    zh: '这张 PNG 图片已损坏或不完整：请重新保存',
  })
}

function tooManyPixels(width: number, height: number): UsageError {
  return new UsageError({
    en: `the image has ${width} x ${height} pixels, expected at most ${mostPixels} in all: scale it down first`,
    zh: `图片有 ${width} x ${height} 个像素，总数上限是 ${mostPixels}：请先缩小`,
  })
}
