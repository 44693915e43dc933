// .png, decoded by pngjs.
import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { UsageError } from '../errors.ts'
import type { Pixels } from './image.ts'
import { mostPixels } from './limits.ts'

/** Where the header chunk, which must be the first, ends. */
const HEADER_END = 33
/** A row takes a byte more than its pixels; interlacing cuts an image into seven. */
const INTERLACED_PASSES = 7

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

/** Counts pixels before any is decoded, and for interlaced ones, which pngjs does not bound, bytes. */
function checkSize(bytes: Uint8Array): void {
  if (bytes.length < HEADER_END) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  if (width === 0 || height === 0) throw damaged()
  if (width * height > mostPixels) throw tooManyPixels(width, height)
  const interlaced = bytes[28] === 1
  if (!interlaced) return
  const [depth, kind] = [bytes[24] as number, bytes[25] as number]
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[kind] ?? 4
  const row = Math.ceil((width * depth * samples) / 8) + INTERLACED_PASSES
  const most = (height + INTERLACED_PASSES) * row + INTERLACED_PASSES * height
  try {
    inflateSync(compressed(bytes, view), { maxOutputLength: most })
  } catch {
    throw damaged()
  }
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
