// Winograd's transform back to pixels, four tiles in the lanes.
import { define, f32x4, i32, type Local, type Stmt, set, v128 } from './assembler.ts'
import { everyPlane } from './rows.ts'
import { OUT, SIZE } from './tiles.ts'
import { both, everyFourTiles, matrices, type V, vectors } from './transform.ts'

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
    const [read, write] = [body.local('i32'), body.local('i32')]
    const bias = body.local('v128')
    const products = vectors(SIZE, SIZE, body)
    const { statements, result } = both(matrices.outputs, products, body)
    const pairs = vectors(1, 4, body)[0] as V[]
    const fourTiles = (readRow: Local<'i32'>, writeRow: Local<'i32'>, column: Local<'i32'>) => [
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
    const perRow = { fromRow: given.tiles, toRow: i32.mul(given.toRow, i32.const(OUT)) }
    return everyPlane({ ...given, planes: given.channels }, body, [
      set(bias, f32x4.splat(given.bias)),
      ...everyFourTiles(given, body, perRow, fourTiles),
      set(given.bias, i32.add(given.bias, i32.const(4))),
    ])
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
