// What the three transforms of Winograd's F(4x4, 3x3) have in common.
import type { Body, Expr, Local, Stmt } from './assembler.ts'
import { multiplyMatrix } from './matrix-multiply.ts'
import { rational } from './rational.ts'
import { everyRow, overlapping } from './rows.ts'
import { OUT, TAPS } from './tiles.ts'
import { type TransformMatrix, winograd } from './winograd-matrices.ts'

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
  matrix: TransformMatrix,
  source: Vectors,
  body: Body,
): { statements: Stmt[]; result: Vectors } {
  const size = matrix.length
  const half = vectors(size, source[0]?.length ?? 0, body)
  const result = vectors(size, size, body)
  const down = (half[0] ?? []).map((_, column) =>
    multiplyMatrix(
      matrix,
      source.map((row) => row[column] as V),
      half.map((row) => row[column] as V),
      body,
    ),
  )
  const along = half.map((row, at) => multiplyMatrix(matrix, row, result[at] ?? [], body))
  return { statements: [...down, ...along].flat(), result }
}

/** Addresses of a channel, rows of tiles, and bytes to the last four tiles of a row. */
type ChannelTiles = Readonly<Record<'from' | 'to' | 'tileRows' | 'lastTile', Local<'i32'>>>

/**
 * Goes over the tiles of a channel, row by row and four at a time.
 * @param perRow bytes from one row of tiles to the next, read and written
 * @param fourTiles for addresses of the row that is read and written, and bytes into it
 */
export function everyFourTiles(
  { tileRows, lastTile, ...channel }: ChannelTiles,
  body: Body,
  perRow: Readonly<Record<'fromRow' | 'toRow', Expr<'i32'>>>,
  fourTiles: (
    readRow: Local<'i32'>,
    writeRow: Local<'i32'>,
    column: Local<'i32'>,
  ) => readonly Stmt[],
): Stmt[] {
  const column = body.local('i32')
  return everyRow({ ...channel, ...perRow, rows: tileRows }, body, (readRow, writeRow) =>
    overlapping(column, lastTile, 16, body, fourTiles(readRow, writeRow, column)),
  )
}
