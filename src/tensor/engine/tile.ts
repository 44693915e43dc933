// Which tile of the micro-kernel suits a row of pixels.
import type { Instance, KernelFunction } from './instance.ts'
import {
  gatheringTiles,
  type InputAccess,
  PANEL,
  type Tile,
  tileName,
  tiles,
} from './wasm/tiles.ts'

/** Panels of output channels that are computed together, and how their tiles lie in a row. */
export interface Tiling extends Panels {
  readonly access: InputAccess
  readonly kernel: KernelFunction
  /** of a tile */
  readonly pixels: number
}

interface Panels {
  /** of each */
  readonly channels: number
  readonly panels: number
}

/** Panels and taps up to which the input of a tile is better read where it lies than gathered first. */
const FEW = { panels: 8, taps: 144 }

/**
 * The fastest tiles for so many output channels on rows of `columns` pixels; full panels come first.
 * @param taps of a kernel, over all input channels of its group
 */
export function tilingsFor(
  instance: Instance,
  outputs: number,
  columns: number,
  taps: number,
): Tiling[] {
  return [
    { channels: PANEL, panels: Math.floor(outputs / PANEL) },
    { channels: outputs % PANEL, panels: 1 },
  ]
    .filter(({ channels, panels }) => channels * panels > 0)
    .map((panels) => {
      const few = panels.panels === 1 || (panels.panels <= FEW.panels && taps <= FEW.taps)
      return tilingFor(instance, panels, columns, few ? 'direct' : 'gathering')
    })
}

/** The fastest tiles of that access for those panels. */
export function tilingFor(
  instance: Instance,
  { channels, panels }: Panels,
  columns: number,
  access: InputAccess,
): Tiling {
  const ours = access === 'gathering' ? gatheringTiles : tiles
  const fitting = ours.filter((tile) => tile.channels === channels)
  const cost = (tile: Tile) => instructions(tile) * Math.ceil(columns / (4 * tile.vectors))
  const best = fitting.reduce((a, b) => (cost(b) < cost(a) ? b : a))
  const kernel = instance.kernel(tileName(best, access))
  return { access, channels, panels, kernel, pixels: 4 * best.vectors }
}

/** Per tap: a load an input and a weight, a multiplication and an addition a sum, and the loop. */
function instructions({ channels, vectors }: Tile): number {
  return vectors + channels + 2 * channels * vectors + 3
}
