// Which tile of the micro-kernel suits a row of pixels.
import type { Instance } from './instance.ts'
import { PANEL, type Tile, tileName, tiles } from './wasm/tiles.ts'

/** The tiles of a row, and how a row of them lies in memory. */
export interface Tiling {
  readonly kernel: (...arguments_: number[]) => void
  /** pixels of a row in memory: a tile at least */
  readonly width: number
  /** bytes from a row's start to its last tile */
  readonly lastTile: number
}

/** The fastest tile of so many channels for rows of `columns` pixels. */
export function tilingFor(instance: Instance, channels: number, columns: number): Tiling {
  const fitting = tiles.filter((tile) => tile.channels === channels)
  const cost = (tile: Tile) => instructions(tile) * Math.ceil(columns / (4 * tile.vectors))
  const best = fitting.reduce((a, b) => (cost(b) < cost(a) ? b : a))
  const pixels = 4 * best.vectors
  return {
    kernel: instance.kernel(tileName(best)),
    width: Math.max(columns, pixels),
    lastTile: 4 * Math.max(0, columns - pixels),
  }
}

/** Per tap: a load an input and a weight, a multiplication and an addition a sum, and the loop. */
function instructions({ channels, vectors }: Tile): number {
  return vectors + channels + 2 * channels * vectors + 3
}

/** Output channels of a group in panels; the last takes what is left over. */
export function panelsOf(outputs: number): number[] {
  const rest = outputs % PANEL
  return [...Array<number>(Math.floor(outputs / PANEL)).fill(PANEL), ...(rest > 0 ? [rest] : [])]
}
