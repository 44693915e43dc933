// Pixels as the numbers that a layer reads.
import type { Values } from '../run/provided.ts'
import type { Pair } from '../tensor/geometry.ts'
import type { Pixels } from './pixels.ts'
import { resize } from './resize.ts'

/** Grey, colour, colour with alpha. */
export type Channels = 1 | 3 | 4

/** The mean and standard deviation of ImageNet's channels, which most published networks expect. */
export const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const

/**
 * Pixels as (1, C, H, W) in 0..1, channels first. With one channel, colours become their
 * brightness (ITU-R BT.601, as PIL's `convert('L')`); with three, grey is repeated. Unless alpha
 * is kept as a fourth channel, what is see-through is seen on white.
 * @param size rows and columns to resize to
 */
export function imageValues(
  pixels: Pixels,
  channels: Channels,
  size: Pair = [pixels.rows, pixels.columns],
): Values {
  const { rows, columns } = pixels
  const read = reader(pixels, channels)
  const values = new Float32Array(columns)
  const line = (at: number) => {
    const [channel, first] = [Math.floor(at / rows), (at % rows) * columns]
    for (let column = 0; column < columns; column++) values[column] = read(first + column, channel)
    return values
  }
  return resize({ shape: [1, channels, rows, columns], line }, size)
}

/** What reads the value of a pixel in a channel. */
function reader({ bands, samples, most }: Pixels, channels: Channels) {
  const part = (at: number, band: number) =>
    (samples[bands === 1 ? at : bands * at + band] as number) / most
  const alpha = (at: number) => (bands === 4 ? part(at, 3) : 1)
  const seen = (at: number, channel: number) =>
    bands === 4 ? 1 - alpha(at) + alpha(at) * part(at, channel) : part(at, channel)
  const brightness = (at: number) =>
    bands === 1 ? part(at, 0) : 0.299 * seen(at, 0) + 0.587 * seen(at, 1) + 0.114 * seen(at, 2)
  if (channels === 1) return brightness
  if (channels === 3) return seen
  return (at: number, channel: number) => (channel === 3 ? alpha(at) : part(at, channel))
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

/** Whether anything can be seen through. */
export function isSeeThrough({ bands, samples, most }: Pixels): boolean {
  for (let at = 3; bands === 4 && at < samples.length; at += 4)
    if ((samples[at] as number) < most) return true
  return false
}
