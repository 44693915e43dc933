// A map of values as shades: light is low, dark is high.
import type { Style } from '../style.ts'

export interface Heat {
  readonly rows: number
  readonly columns: number
  /** row-major */
  readonly values: ArrayLike<number>
}

/** Rows and columns of cells that a map is reduced to, at most. */
const MOST = 16
/** Characters of a cell, which make it about square. */
const CELL = 2

export interface Range {
  readonly min: number
  readonly max: number
}

/** How many values a side go into one cell. */
export function reduction({ rows, columns }: Pick<Heat, 'rows' | 'columns'>): number {
  return Math.ceil(Math.max(rows, columns) / MOST)
}

/** The lightest and the darkest cell of these maps. */
export function rangeOf(heats: readonly Heat[]): Range {
  const cells = heats.flatMap((heat) => cellsOf(heat).flat())
  return {
    min: cells.reduce((a, b) => Math.min(a, b)),
    max: cells.reduce((a, b) => Math.max(a, b)),
  }
}

/** The map as rows of cells; of a larger one, each is the mean of a square of values. */
export function cellsOf(heat: Heat): number[][] {
  const by = reduction(heat)
  const count = (size: number) => Math.ceil(size / by)
  return Array.from({ length: count(heat.rows) }, (_, i) =>
    Array.from({ length: count(heat.columns) }, (_, j) => meanOf(heat, i * by, j * by, by)),
  )
}

/**
 * A line a row of cells.
 * @param range the cells that are lightest and darkest
 * @param mark row and column of a value whose cell is to be found
 */
export function heatmap(
  heat: Heat,
  range: Range,
  style: Style,
  mark?: readonly [number, number],
): string[] {
  const by = reduction(heat)
  const marked = mark?.map((at) => Math.floor(at / by))
  return cellsOf(heat).map((row, i) =>
    row
      .map((cell, j) =>
        marked?.[0] === i && marked[1] === j
          ? style.colors.bold('[]')
          : shade(cell, range, style).repeat(CELL),
      )
      .join(''),
  )
}

function meanOf({ rows, columns, values }: Heat, row: number, column: number, by: number): number {
  let sum = 0
  let count = 0
  for (let i = row; i < Math.min(row + by, rows); i++)
    for (let j = column; j < Math.min(column + by, columns); j++) {
      sum += values[i * columns + j] as number
      count++
    }
  return sum / count
}

function shade(value: number, { min, max }: Range, { symbols }: Style): string {
  const shades = symbols.shade
  const part = max > min ? (value - min) / (max - min) : 0.5
  const at = Math.min(shades.length - 1, Math.max(0, Math.floor(part * shades.length)))
  return shades[Number.isNaN(at) ? 0 : at] as string
}
