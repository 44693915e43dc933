// Winograd's transform back to pixels, four tiles in the lanes.
import { define, f32x4, i32, overlapping, type Stmt, set, v128 } from './assembler.ts'
import { OUT, SIZE } from './tiles.ts'
import { both, matrices, type V, vectors } from './transform.ts'

/** Sums of products back to pixels, Aᵀ m A + bias: from [product][channel][tile] to rows of pixels. */
export const transformOutput = define(
  'transformOutput',
  [
    'from',
    'fromProduct',
    'fromPlane',
    'bias', // [channel]
    'to',
    'toRow',
    'toPlane',
    'channels',
    'tileRows',
    'lastTile',
    'tiles',
  ],
  (given, body) => {
    const [channel, row, column] = [body.local('i32'), body.local('i32'), body.local('i32')]
    const [readRow, writeRow] = [body.local('i32'), body.local('i32')]
    const [read, write] = [body.local('i32'), body.local('i32')]
    const bias = body.local('v128')
    const products = vectors(SIZE, SIZE, body)
    const { statements, result } = both(matrices.outputs, products, body)
    const pairs = vectors(1, 4, body)[0] as V[]
    const fourTiles = [
      set(read, i32.add(readRow, column)),
      ...products
        .flat()
        .flatMap((value) => [
          set(value, v128.load(read)),
          set(read, i32.add(read, given.fromProduct)),
        ]),
      ...statements,
      set(write, i32.add(writeRow, i32.mul(column, i32.const(OUT)))),
      ...result.flatMap((line) => [
        ...line.map((value) => set(value, f32x4.add(value, bias))),
        ...transposed(line as [V, V, V, V], pairs as [V, V, V, V]),
        ...line.map((value, at) => v128.store(write, value, 16 * at)),
        set(write, i32.add(write, given.toRow)),
      ]),
    ]
    return [
      set(channel, i32.const(0)),
      body.loop(
        channel,
        i32.const(1),
        given.channels,
        set(bias, f32x4.splat(given.bias)),
        set(readRow, given.from),
        set(writeRow, given.to),
        set(row, i32.const(0)),
        body.loop(
          row,
          i32.const(1),
          given.tileRows,
          ...overlapping(column, given.lastTile, 16, body, fourTiles),
          set(readRow, i32.add(readRow, given.tiles)),
          set(writeRow, i32.add(writeRow, i32.mul(given.toRow, i32.const(OUT)))),
        ),
        set(given.bias, i32.add(given.bias, i32.const(4))),
        set(given.from, i32.add(given.from, given.fromPlane)),
        set(given.to, i32.add(given.to, given.toPlane)),
      ),
    ]
  },
)

/** Four vectors of four lanes, rows for columns. */
function transposed([a, b, c, d]: [V, V, V, V], [p, q, r, s]: [V, V, V, V]): Stmt[] {
  return [
    set(p, v128.shuffle(a, b, 0, 4, 1, 5)),
    set(q, v128.shuffle(a, b, 2, 6, 3, 7)),
    set(r, v128.shuffle(c, d, 0, 4, 1, 5)),
    set(s, v128.shuffle(c, d, 2, 6, 3, 7)),
    set(a, v128.shuffle(p, r, 0, 1, 4, 5)),
    set(b, v128.shuffle(p, r, 2, 3, 6, 7)),
    set(c, v128.shuffle(q, s, 0, 1, 4, 5)),
    set(d, v128.shuffle(q, s, 2, 3, 6, 7)),
  ]
}
