// Winograd's transform of the input, four tiles in the lanes.
import { define, i32, overlapping, set, v128 } from './assembler.ts'
import { OUT, SIZE } from './tiles.ts'
import { both, matrices, vectors } from './transform.ts'

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
    const [channel, row, column] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [readRow, writeRow] = [body.local('i32'), body.local('i32')]
    const [read, write] = [body.local('i32'), body.local('i32')]
    const tile = vectors(SIZE, SIZE, body)
    const { statements, result } = both(matrices.inputs, tile, body)
    const partAt = (part: number) => i32.mul(given.fromPart, i32.const(part))
    const fourTiles = [
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
    return [
      set(channel, i32.const(0)),
      body.loop(
        channel,
        i32.const(1),
        given.channels,
        set(readRow, given.from),
        set(writeRow, given.to),
        set(row, i32.const(0)),
        body.loop(
          row,
          i32.const(1),
          given.tileRows,
          ...overlapping(column, given.lastTile, 16, body, fourTiles),
          set(readRow, i32.add(readRow, i32.mul(given.fromRow, i32.const(OUT)))),
          set(writeRow, i32.add(writeRow, given.tiles)),
        ),
        set(given.from, i32.add(given.from, given.fromPlane)),
        set(given.to, i32.add(given.to, given.toPlane)),
      ),
    ]
  },
)
