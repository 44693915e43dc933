// Laying out lines: widths in terminal cells, where a Chinese character takes two.
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

/** A row of cells, or lines that run across all columns but the first. */
export type Row = readonly string[] | { readonly across: string }

const GAP = 2

/** Columns of text without lines between them, two cells apart; no line ends in blanks. */
export function columns(rows: readonly Row[], aligns: readonly ('left' | 'right')[]): string[] {
  const lines = rows.flatMap(singleLines)
  const widths = aligns.map((_, at) =>
    Math.max(0, ...lines.map((line) => ('across' in line ? 0 : widthOf(line[at] ?? '')))),
  )
  const padded = (cell: string, at: number) => {
    const blanks = ' '.repeat((widths[at] as number) - widthOf(cell))
    return aligns[at] === 'right' ? blanks + cell : cell + blanks
  }
  return lines.map((line) => {
    const cells = 'across' in line ? [padded('', 0), line.across] : line.map(padded)
    return cells.join(' '.repeat(GAP)).trimEnd()
  })
}

/** A row for every line of a row's cells. */
function singleLines(row: Row): Row[] {
  if ('across' in row) return row.across.split('\n').map((across) => ({ across }))
  const cells = row.map((cell) => cell.split('\n'))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, n) => cells.map((lines) => lines[n] ?? ''))
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
