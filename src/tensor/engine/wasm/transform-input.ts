// Winograd's transform of the input, four tiles in the lanes.
import { define, i32, type Local, set, v128 } from './assembler.ts'
import { everyPlane } from './rows.ts'
import { OUT, SIZE } from './tiles.ts'
import { both, everyFourTiles, matrices, vectors } from './transform.ts'

/**
 * Tiles of input, Bᵀ d B: from planes whose columns lie in four parts, every fourth one in each, so that
 * one load brings the same column of four neighbouring tiles. To [product][channel][tile].
 */
export const transformInput = define(
  'transformInput',
  [
    'from',
    'fromPart', // bytes from one part of the columns to the next
    'fromRow', // bytes from row to row
    'fromPlane', // bytes from channel to channel
    'to',
    'toProduct', // bytes from product to product
    'toPlane',
    'channels',
    'tileRows',
    'lastTile', // bytes to the last four tiles of a row
    'tiles', // bytes of a row of tiles
  ],
  (given, body) => {
    const [read, write] = [body.local('i32'), body.local('i32')]
    const tile = vectors(SIZE, SIZE, body)
    const { statements, result } = both(matrices.inputs, tile, body)
    const partAt = (part: number) => i32.mul(given.fromPart, i32.const(part))
    const fourTiles = (readRow: Local<'i32'>, writeRow: Local<'i32'>, column: Local<'i32'>) => [
      set(read, i32.add(readRow, column)),
      ...tile.flatMap((line, at) => [
        ...line.map((value, c) =>
          set(value, v128.load(i32.add(read, partAt(c % OUT)), 4 * Math.floor(c / OUT))),
        ),
        ...(at < SIZE - 1 ? [set(read, i32.add(read, given.fromRow))] : []),
      ]),
      ...statements,
      set(write, i32.add(writeRow, column)),
      ...result
        .flat()
        .flatMap((value) => [
          v128.store(write, value),
          set(write, i32.add(write, given.toProduct)),
        ]),
    ]
    const rowOfTiles = i32.mul(given.fromRow, i32.const(OUT))
    const perRow = { fromRow: rowOfTiles, toRow: given.tiles }
    const channel = everyFourTiles(given, body, perRow, fourTiles)
    return everyPlane({ ...given, planes: given.channels }, body, channel)
  },
)
