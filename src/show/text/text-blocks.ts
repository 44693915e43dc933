// Blocks of lines: numbers in rows and columns, pictures with a caption, set side by side.
import { indent, widthOf } from './layout.ts'

export type TextBlock = readonly string[]

export function blockWidth(block: TextBlock): number {
  return Math.max(0, ...block.map(widthOf))
}

/** Sets blocks beside each other, a new row of blocks before one that no longer fits. */
export function beside(blocks: readonly TextBlock[], width: number, gap = 3): string[] {
  const rows: TextBlock[][] = []
  let taken = 0
  for (const block of blocks) {
    const wide = blockWidth(block)
    const row = rows.at(-1)
    if (row !== undefined && taken + gap + wide <= width) {
      row.push(block)
      taken += gap + wide
    } else {
      rows.push([block])
      taken = wide
    }
  }
  return rows.flatMap((row, at) => [
    ...(at > 0 && row.some((block) => block.length > 1) ? [''] : []),
    ...joined(row, gap),
  ])
}

function joined(row: readonly TextBlock[], gap: number): string[] {
  const height = Math.max(...row.map((block) => block.length))
  const widths = row.map(blockWidth)
  return Array.from({ length: height }, (_, line) =>
    row
      .map((block, at) => {
        const text = block[line] ?? ''
        return text + ' '.repeat((widths[at] as number) - widthOf(text))
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/**
 * Cells in columns, right-aligned, one blank apart. Rows too long for the width continue below:
 * no cell is left out.
 */
export function grid(cells: readonly (readonly string[])[], width: number): string[] {
  const columns = cells[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...cells.map((row) => widthOf(row[at] ?? ''))),
  )
  const lines: string[] = []
  for (let first = 0; first < columns; ) {
    let last = first
    let taken = widths[first] as number
    while (last + 1 < columns && taken + 1 + (widths[last + 1] as number) <= width)
      taken += 1 + (widths[++last] as number)
    const part = cells.map((row) =>
      row
        .slice(first, last + 1)
        .map((cell, at) => ' '.repeat((widths[first + at] as number) - widthOf(cell)) + cell)
        .join(' ')
        .trimEnd(),
    )
    lines.push(...(first > 0 ? indent(['', ...part], '  ') : part))
    first = last + 1
  }
  return lines
}
