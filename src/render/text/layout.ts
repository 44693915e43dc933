// Laying out lines: widths in terminal cells, where a Chinese character takes two.
import Table from 'cli-table3'
import stringWidth from 'string-width'

/** Terminal cells that a text takes; colours take none. */
export function widthOf(text: string): number {
  return stringWidth(text)
}

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
  for (const row of rows)
    if ('across' in row)
      // a row a line: the time that cli-table3 takes for a cell grows with the square of its lines
      for (const content of row.across.split('\n'))
        table.push(['', { colSpan: aligns.length - 1, content }])
    else table.push([...row])
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
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
