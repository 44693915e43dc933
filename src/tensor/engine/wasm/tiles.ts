// The tiles that the micro-kernel comes in.

/** Output channels by neighbouring pixels, four to a vector. */
export interface Tile {
  readonly channels: number
  readonly vectors: number
}

export const tileName = ({ channels, vectors }: Tile) => `direct${channels}x${4 * vectors}`

/**
 * Output channels of a full panel: their sums, the inputs and a weight fill the sixteen vector
 * registers. A fused multiply-add needs no register for the product.
 */
export const panelOf = (fused: boolean) => (fused ? 6 : 4)

/** Every number of channels that can be left over, wide and narrow; and one channel by itself, wider. */
export function tilesFor(fused: boolean): readonly Tile[] {
  const counts = Array.from({ length: panelOf(fused) }, (_, at) => at + 1)
  const panels = counts.flatMap((channels) => [1, 2].map((vectors) => ({ channels, vectors })))
  return [...panels, { channels: 1, vectors: 4 }, { channels: 1, vectors: 8 }]
}

/** Winograd's tiles: rows and columns of output, of the kernel, and of the input that is read. */
export const OUT = 4
export const TAPS = 3
export const SIZE = OUT + TAPS - 1
