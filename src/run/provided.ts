// What a run takes from outside instead of drawing it from its seed. Plain data, so that it can
// go to another thread.
import { UsageError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Shape } from '../tensor/tensor.ts'

/** float32 values, row-major, and their shape. */
export interface Values {
  readonly shape: Shape
  readonly values: Float32Array
}

export interface ProvidedInput extends Values {
  /** where it comes from, as --input names it */
  readonly source: string
  /** flags of the command line, besides --input, that were needed to read it so */
  readonly flags?: readonly string[]
  /** what has been done to it that nobody asked for, in a few words each */
  readonly notes?: readonly Text[]
  /** how it was read, if it is a picture */
  readonly picture?: PictureReading
}

/** How a picture was read, for a program that is to read it alike. */
export interface PictureReading {
  /** what it is converted to first: grey, grey of 16 bits, colour, colour with alpha */
  readonly mode: 'L' | 'I;16' | 'RGB' | 'RGBA'
  /** whether it was turned or mirrored, as its EXIF orientation asks */
  readonly turned: boolean
  readonly resized: boolean
  /** the mean and standard deviation of the channels, if they were taken out */
  readonly normalised?: { readonly mean: readonly number[]; readonly std: readonly number[] }
  /** why Pillow would give other values, if it would */
  readonly unlike?: Text
}

/** What is known of weights before their values are read. */
export interface WeightsOutline {
  /** where they come from, as --weights names it */
  readonly source: string
  /** by state_dict name */
  readonly tensors: Readonly<Record<string, { readonly shape: Shape }>>
  /** the temperature they were trained with, which a state_dict does not carry */
  readonly temperature?: string
}

export interface ProvidedWeights extends WeightsOutline {
  readonly tensors: Readonly<Record<string, Values>>
}

export interface Provided {
  readonly input?: ProvidedInput
  readonly weights?: ProvidedWeights
}

/**
 * The run's input as (B, C, H, W): three axes are one sample, two one channel of it.
 * @throws {UsageError} for any other number of axes, and for a tensor without values
 */
export function fourAxes({ source, shape }: ProvidedInput): Shape {
  const four = [...Array(Math.max(0, 4 - shape.length)).fill(1), ...shape]
  if (four.length === 4 && shape.length >= 2 && four.every((size) => size > 0)) return four
  const given = `[${shape.join(', ')}]`
  throw new UsageError({
    en: `--input ${source}: its shape is ${given}, expected (batch, channel, row, col), (channel, row, col) or (row, col) with every size above 0: reshape it first`,
    zh: `--input ${source}：形状是 ${given}，应为（样本，通道，行，列）、（通道，行，列）或（行，列），且各维都大于 0：请先 reshape`,
  })
}
