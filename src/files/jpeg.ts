// .jpg, decoded by jpeg-js: sequential and progressive, grey, colour and CMYK. Decoders round
// differently, so a colour may lie a few 255ths from what another one gives.
import { decode } from 'jpeg-js'
import { UsageError } from '../base/errors.ts'
import { mostPixels } from './limits.ts'
import type { Pixels } from './pixels.ts'

/** What jpeg-js may hold while it decodes the largest image. */
const MEMORY_IN_MB = 1024

/** Every block of 8 x 8 pixels takes a bit at least: fewer bytes cannot hold the image. */
const MOST_PIXELS_A_BYTE = 8 * 64

/** @throws {UsageError} if the file is damaged or has too many pixels */
export function decodeJpeg(bytes: Uint8Array): Pixels {
  const frame = frameOf(bytes)
  if (frame === undefined || frame.rows * frame.columns === 0) throw damaged()
  if (frame.rows * frame.columns > mostPixels) throw tooLarge(frame)
  if (frame.rows * frame.columns > MOST_PIXELS_A_BYTE * bytes.length) throw damaged()
  try {
    const { width, height, data } = decode(bytes, {
      useTArray: true,
      tolerantDecoding: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: MEMORY_IN_MB,
    })
    return { rows: height, columns: width, rgba: data, most: 255, grey: frame.components === 1 }
  } catch (error) {
    throw /limit exceeded/.test(String(error)) ? tooLarge(frame) : damaged()
  }
}

interface Frame {
  readonly rows: number
  readonly columns: number
  readonly components: number
}

/** What the first frame header says, found by going from one segment to the next. */
function frameOf(bytes: Uint8Array): Frame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 10 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number
    if (FRAMES.has(marker)) {
      const [rows, columns] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return { rows, columns, components: bytes[at + 9] as number }
    }
    // 0xff may be repeated in front of a marker
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** Baseline, extended and progressive frames. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])

function damaged(): UsageError {
  return new UsageError({
    en: 'this JPEG image is damaged, cut off or of a rare kind: save it again, as a baseline JPEG or a PNG',
    zh: '这张 JPEG 图片已损坏、不完整，或属于少见的类型：请重新保存为普通 JPEG 或 PNG',
  })
}

function tooLarge({ rows, columns }: Frame): UsageError {
  return new UsageError({
    en: `the image has ${columns} x ${rows} pixels, expected at most ${mostPixels} in all: scale it down first`,
    zh: `图片有 ${columns} x ${rows} 个像素，总数上限是 ${mostPixels}：请先缩小`,
  })
}
