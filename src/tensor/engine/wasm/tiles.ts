// The tiles that the micro-kernel comes in.

/** Output channels by neighbouring pixels, four to a vector. */
export interface Tile {
  readonly channels: number
  readonly vectors: number
}

/** Whether the micro-kernel reads the input of a tile where it lies, or gathers it first. */
export type InputAccess = 'direct' | 'gathering'

export const tileName = ({ channels, vectors }: Tile, access: InputAccess = 'direct') =>
  `${access}${channels}x${4 * vectors}`

/**
 * Output channels of a full panel. Of the sixteen vector registers V8 leaves fifteen: 4 x 8 takes eight
 * for the sums, two for the inputs, four for the weights, which V8 all loads first, and one for a product.
 */
export const PANEL = 4

const VECTORS: Readonly<Record<number, readonly number[]>> = {
  1: [1, 2, 4, 7],
  2: [1, 2],
  3: [1, 2],
  4: [1, 2],
}

/** Every number of channels that can be left over, wide and narrow; one channel by itself also wider. */
export const tiles: readonly Tile[] = Object.entries(VECTORS).flatMap(([channels, widths]) =>
  widths.map((vectors) => ({ channels: Number(channels), vectors })),
)

/** Those for many panels. */
export const gatheringTiles = tiles.filter(({ channels }) => channels === PANEL)

/** Sums side by side in the loop that finds the processor's peak: each is ready when its turn comes again. */
export const PEAK_SUMS = 12

/** Winograd's tiles: rows and columns of output, of the kernel, and of the input that is read. */
export const OUT = 4
export const TAPS = 3
export const SIZE = OUT + TAPS - 1
