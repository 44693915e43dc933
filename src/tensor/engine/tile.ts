// Which tile of the micro-kernel suits a row of pixels.
import type { Instance } from './instance.ts'
import { gatheringTiles, PANEL, type Tile, tileName, tiles } from './wasm/tiles.ts'

/** Panels of output channels that are computed together, and how their tiles lie in a row. */
export interface Tiling {
  readonly channels: number
  readonly panels: number
  readonly kernel: (...arguments_: number[]) => void
  /** of a tile */
  readonly pixels: number
}

/** The fastest tiles for so many output channels on rows of `columns` pixels; full panels come first. */
export function tilingsFor(instance: Instance, outputs: number, columns: number): Tiling[] {
  const full = Math.floor(outputs / PANEL)
  const shares = [
    { channels: PANEL, panels: full },
    { channels: outputs % PANEL, panels: 1 },
  ].filter(({ channels, panels }) => channels * panels > 0)
  return shares.map(({ channels, panels }) => {
    const way = panels > 1 ? 'gathering' : 'direct'
    const ours = way === 'gathering' ? gatheringTiles : tiles
    const fitting = ours.filter((tile) => tile.channels === channels)
    const cost = (tile: Tile) => instructions(tile) * Math.ceil(columns / (4 * tile.vectors))
    const best = fitting.reduce((a, b) => (cost(b) < cost(a) ? b : a))
    return {
      channels,
      panels,
      kernel: instance.kernel(tileName(best, way)),
      pixels: 4 * best.vectors,
    }
  })
}

/** Per tap: a load an input and a weight, a multiplication and an addition a sum, and the loop. */
function instructions({ channels, vectors }: Tile): number {
  return vectors + channels + 2 * channels * vectors + 3
}
