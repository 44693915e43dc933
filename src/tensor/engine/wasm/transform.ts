// What the three transforms of Winograd's F(4x4, 3x3) have in common.
import { type Body, type Expr, i32, type Local, overlapping, type Stmt, set } from './assembler.ts'
import { multiply } from './linear.ts'
import { rational } from './rational.ts'
import { OUT, TAPS } from './tiles.ts'
import { type Matrix, winograd } from './winograd.ts'

/**
 * 0, ±5/8, ±3/2 and infinity: the largest error is a quarter of that of the usual 0, ±1, ±2, since the
 * powers of these stay nearer to 1.
 */
const points = [rational(0), rational(5, 8), rational(-5, 8), rational(3, 2), rational(-3, 2)]
export const matrices = winograd(OUT, TAPS, points)

export type V = Local<'v128'>
type Vectors = readonly (readonly V[])[]

export const vectors = (rows: number, columns: number, body: Body): Vectors =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => body.local('v128')))

/** matrix · source · matrixᵀ: first down the columns, then along the rows. */
export function both(
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

/** Addresses: where the first channel is and where it goes, and bytes from channel to channel. */
type Walk = Readonly<
  Record<
    'from' | 'fromPlane' | 'to' | 'toPlane' | 'channels' | 'tileRows' | 'lastTile',
    Local<'i32'>
  >
>

/**
 * Goes over the tiles of all channels, row by row and four at a time.
 * @param perRow bytes from one row of tiles to the next, read and written
 * @param channel what comes before and after the rows of a channel
 * @param fourTiles for addresses of the row that is read and written, and bytes into it
 */
export function everyFourTiles(
  given: Walk,
  body: Body,
  perRow: { readonly read: Expr<'i32'>; readonly write: Expr<'i32'> },
  channel: { readonly before: readonly Stmt[]; readonly after: readonly Stmt[] },
  fourTiles: (
    readRow: Local<'i32'>,
    writeRow: Local<'i32'>,
    column: Local<'i32'>,
  ) => readonly Stmt[],
): Stmt[] {
  const [plane, row, column] = [body.local('i32'), body.local('i32'), body.local('i32')]
  const [readRow, writeRow] = [body.local('i32'), body.local('i32')]
  const { from, to, fromPlane, toPlane, channels, tileRows, lastTile } = given
  return [
    set(plane, i32.const(0)),
    body.loop(
      plane,
      i32.const(1),
      channels,
      ...channel.before,
      set(readRow, from),
      set(writeRow, to),
      set(row, i32.const(0)),
      body.loop(
        row,
        i32.const(1),
        tileRows,
        ...overlapping(column, lastTile, 16, body, fourTiles(readRow, writeRow, column)),
        set(readRow, i32.add(readRow, perRow.read)),
        set(writeRow, i32.add(writeRow, perRow.write)),
      ),
      ...channel.after,
      set(from, i32.add(from, fromPlane)),
      set(to, i32.add(to, toPlane)),
    ),
  ]
}
