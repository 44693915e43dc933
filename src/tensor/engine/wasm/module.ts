// The module: the micro-kernel in all its sizes, and what prepares its input.
import { assemble } from './assembler.ts'
import { pack, spread } from './copy.ts'
import { direct } from './direct.ts'
import { type Tile, tilesFor } from './tiles.ts'
import { transformInput, transformKernel, transformOutput } from './transforms.ts'

/** @param fused sums with relaxed SIMD's fused multiply-add */
export function moduleBytes(fused: boolean): Uint8Array<ArrayBuffer> {
  return assemble([
    ...tilesFor(fused).map((tile: Tile) => direct(tile, fused)),
    spread,
    pack,
    transformInput,
    transformKernel,
    transformOutput,
  ])
}
