// Images as input: PNG and JPEG, decoded in plain JavaScript (pngjs, jpeg-js), so that an install
// needs no binaries. Both count their pixels before they decode any.
import { UsageError } from '../base/errors.ts'
import type { Values } from '../run/provided.ts'
import { decodeJpeg } from './jpeg.ts'
import type { Pixels } from './pixels.ts'
import { decodePng } from './png.ts'

/** Grey, colour, colour with alpha. */
export type Channels = 1 | 3 | 4

/** The mean and standard deviation of ImageNet's channels, which most published networks expect. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const

/** @throws {UsageError} if the file is neither PNG nor JPEG, is damaged or has too many pixels */
export function decodeImage(bytes: Uint8Array): Pixels {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return decodePng(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return decodeJpeg(bytes)
  throw new UsageError({
    en: 'this is neither a PNG nor a JPEG image, whatever its name: convert it to PNG',
    zh: '不管文件名如何，内容既不是 PNG 也不是 JPEG：请转换成 PNG',
  })
}

/**
 * Pixels as (1, C, H, W) in 0..1, channels first. With one channel, colours become their
 * brightness (ITU-R BT.601, as PIL's `convert('L')`); with three, grey is repeated. Unless alpha
 * is kept as a fourth channel, what is see-through is seen on white.
 */
export function imageValues({ rows, columns, rgba, most }: Pixels, channels: Channels): Values {
  const size = rows * columns
  const values = new Float32Array(channels * size)
  const part = (at: number, channel: number) => (rgba[4 * at + channel] as number) / most
  const seen = (at: number, channel: number) => {
    const alpha = part(at, 3)
    return channels === 4 ? part(at, channel) : 1 - alpha + alpha * part(at, channel)
  }
  for (let at = 0; at < size; at++)
    if (channels === 1) values[at] = 0.299 * seen(at, 0) + 0.587 * seen(at, 1) + 0.114 * seen(at, 2)
    else {
      for (let channel = 0; channel < 3; channel++) values[channel * size + at] = seen(at, channel)
      if (channels === 4) values[3 * size + at] = part(at, 3)
    }
  return { shape: [1, channels, rows, columns], values }
}

/** (x - mean) / std of ImageNet, channel by channel: (1, 3, H, W) in 0..1. */
export function normalise({ shape, values }: Values): Values {
  const size = values.length / 3
  return {
    shape,
    values: values.map((value, at) => {
      const channel = Math.floor(at / size) as 0 | 1 | 2
      return (value - imageNet.mean[channel]) / imageNet.std[channel]
    }),
  }
}
