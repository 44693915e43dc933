// What a network is made of, as far as counting goes: a stem, stages of repeated blocks, a last
// convolution where there is one, and linear layers. Every convolution has a batch norm behind it
// and no bias, and pads by half its kernel.
import type { Text } from '../base/text.ts'

/** A stage: a line of a paper's table. */
export interface Stage {
  readonly block: 'basic' | 'bottleneck' | 'inverted'
  /** channels behind every block */
  readonly out: number
  readonly repeats: number
  /** of the first block; the others have 1 */
  readonly stride: number
  /** 3 unless told otherwise */
  readonly kernel?: number
  /** inverted: the middle is so many times as wide as the block's input ... */
  readonly expand?: number
  /** ... or so wide */
  readonly expanded?: number
  /** squeeze-and-excitation: narrowed to a quarter of the block's input or of its middle */
  readonly squeeze?: 'input' | 'middle'
  /** bottleneck: which convolution has the stride; the 3x3 unless told otherwise */
  readonly strideOn?: 'first'
}

export interface Network {
  readonly name: string
  readonly title: string
  /** where the table is from */
  readonly source: string
  readonly note?: Text
  readonly stem: { readonly out: number; readonly kernel: number; readonly stride: number }
  /** a 3x3 max pool of stride 2 behind the stem */
  readonly maxPool?: true
  readonly stages: readonly Stage[]
  /** channels of a last 1x1 convolution */
  readonly head?: number
  /** outputs of the linear layers behind the pool */
  readonly classifier: readonly number[]
  /** comes in several widths, channels rounded to multiples of 8; the head never shrinks */
  readonly widths?: true
}

/** The nearest multiple of 8, at least 8, and never more than a tenth below. */
export function toEights(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8)
  return nearest < 0.9 * channels ? nearest + 8 : nearest
}

/** The same network, every channel count times `width`. */
export function widened(network: Network, width: number): Network {
  if (width === 1) return network
  const { stem, stages, head } = network
  return {
    ...network,
    stem: { ...stem, out: toEights(stem.out * width) },
    stages: stages.map((stage) => ({ ...stage, out: toEights(stage.out * width) })),
    ...(head !== undefined && { head: toEights(head * Math.max(1, width)) }),
  }
}
