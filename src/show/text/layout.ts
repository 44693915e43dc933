// Laying out lines: widths in terminal cells, where a Chinese character takes two.
import Table from 'cli-table3'
import { widthOf } from './width.ts'

export { widthOf } from './width.ts'

/** Joins parts with a gap, starting a new line before a part that no longer fits. */
export function flow(parts: readonly string[], width: number, gap = '   '): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const line = lines.at(-1)
    if (line !== undefined && widthOf(line + gap + part) <= width)
      lines[lines.length - 1] += gap + part
    else lines.push(part)
  }
  return lines
}

const borderless = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((part) => [part, '']),
)

/** A row of cells, or lines that run across all columns but the first. */
export type Row = readonly string[] | { readonly across: string }

const GAP = 2

/** Columns of text without lines between them, two cells apart; no line ends in blanks. */
export function columns(rows: readonly Row[], aligns: readonly ('left' | 'right')[]): string[] {
  const widths = widthsOf(rows, aligns.length)
  const table = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colAligns: [...aligns],
    colWidths: widths.map((width) => width + GAP),
  })
  for (const row of rows.flatMap(singleLines))
    table.push(
      'across' in row ? ['', { colSpan: aligns.length - 1, content: row.across }] : [...row],
    )
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
}

/**
 * A row for every line of a row's cells. The table could do that too, but for every cell it draws
 * it shortens a message that nobody reads, character by character until all lines but one are gone.
 */
function singleLines(row: Row): Row[] {
  if ('across' in row) return row.across.split('\n').map((across) => ({ across }))
  const cells = row.map((cell) => cell.split('\n'))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, n) => cells.map((lines) => lines[n] ?? ''))
}

/** Each column as wide as its widest cell; what runs across only ever widens the last one. */
function widthsOf(rows: readonly Row[], count: number): number[] {
  const widths = new Array<number>(count).fill(0)
  for (const row of rows)
    if (!('across' in row))
      for (const [at, cell] of row.entries())
        widths[at] = Math.max(widths[at] ?? 0, widestLine(cell))
  const across = Math.max(0, ...rows.map((row) => ('across' in row ? widestLine(row.across) : 0)))
  const between = widths.slice(1, -1).reduce((sum, width) => sum + width + GAP, 0)
  widths[count - 1] = Math.max(widths[count - 1] ?? 0, across - between)
  return widths
}

function widestLine(text: string): number {
  return Math.max(...text.split('\n').map(widthOf))
}

/** Every line moved right. */
export function indent(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === '' ? line : by + line))
}

/** Words as lines of at most that width, all but the first moved right by `by`. */
export function paragraph(text: string, width: number, by = ''): string[] {
  if (widthOf(text) <= width) return [text.trimEnd()]
  // What a line may break between: blanks, a word, or a Chinese character, each with the opening marks
  // before it and the closing ones behind it.
  const unit =
    /\s+|[（“「《]*(?:\p{Script=Han}|[^\s\p{Script=Han}（“「《，。；：！？、）”」》]+)?[，。；：！？、）”」》]*/gu
  const lines: string[] = []
  let line = ''
  for (const [piece] of text.matchAll(unit)) {
    if (line.trim() !== '' && widthOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = by + piece.trimStart()
    } else line += piece
  }
  return [...lines, line.trimEnd()]
}
