// Laying out lines: widths in terminal cells, where a Chinese character takes two.
import Table, { type Cell } from 'cli-table3'
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

/** Columns of text without lines between them, two cells apart; no line ends in blanks. */
export function columns(rows: readonly Cell[][], aligns: readonly ('left' | 'right')[]): string[] {
  const table = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colAligns: [...aligns],
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
}

/** Every line moved right. */
export function indent(lines: readonly string[], by: string): string[] {
  return lines.map((line) => (line === '' ? line : by + line))
}
