// The three transforms of Winograd's F(4x4, 3x3), four tiles or four kernels in the lanes.
import {
  type Body,
  define,
  f32x4,
  i32,
  type Local,
  overlapping,
  type Stmt,
  set,
  v128,
} from './assembler.ts'
import { multiply } from './linear.ts'
import { rational } from './rational.ts'
import { OUT, SIZE, TAPS } from './tiles.ts'
import { type Matrix, winograd } from './winograd.ts'

/**
 * 0, ±5/8, ±3/2 and infinity: the largest error is a quarter of that of the usual 0, ±1, ±2, since the
 * powers of these stay nearer to 1.
 */
const points = [rational(0), rational(5, 8), rational(-5, 8), rational(3, 2), rational(-3, 2)]
const { outputs, kernel, inputs } = winograd(OUT, TAPS, points)

type V = Local<'v128'>
type Vectors = readonly (readonly V[])[]

const vectors = (rows: number, columns: number, body: Body): Vectors =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => body.local('v128')))

/** matrix · source · matrixᵀ: first down the columns, then along the rows. */
function both(
  matrix: Matrix,
  source: Vectors,
  body: Body,
): { statements: Stmt[]; result: Vectors } {
  const size = matrix.length
  const half = vectors(size, source[0]?.length ?? 0, body)
  const result = vectors(size, size, body)
  const down = (half[0] ?? []).map((_, column) =>
    multiply(
      matrix,
      source.map((row) => row[column] as V),
      half.map((row) => row[column] as V),
      body,
    ),
  )
  const along = half.map((row, at) => multiply(matrix, row, result[at] ?? [], body))
  return { statements: [...down, ...along].flat(), result }
}

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
    const { statements, result } = both(inputs, tile, body)
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

/** Kernels of four output channels, G g Gᵀ: from (4, C, 3, 3) to [product][channel][output channel]. */
export const transformKernel = define(
  'transformKernel',
  [
    'from0', // the kernels of each of the four
    'from1',
    'from2',
    'from3',
    'to',
    'toProduct',
    'channels',
  ],
  (given, body) => {
    const froms = [given.from0, given.from1, given.from2, given.from3]
    const [channel, write] = [body.local('i32'), body.local('i32')]
    const taps = vectors(TAPS, TAPS, body)
    const { statements, result } = both(kernel, taps, body)
    const load = taps
      .flat()
      .flatMap((value, at) =>
        froms.map((from, lane) => set(value, f32x4.loadLane(from, value, lane, 4 * at))),
      )
    return [
      set(channel, i32.const(0)),
      body.loop(
        channel,
        i32.const(1),
        given.channels,
        ...load,
        ...statements,
        set(write, given.to),
        ...result
          .flat()
          .flatMap((value) => [
            v128.store(write, value),
            set(write, i32.add(write, given.toProduct)),
          ]),
        ...froms.map((from) => set(from, i32.add(from, i32.const(4 * TAPS * TAPS)))),
        set(given.to, i32.add(given.to, i32.const(16))),
      ),
    ]
  },
)

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
    const { statements, result } = both(outputs, products, body)
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
