// Small numbers, tables and places as a question's text shows them.

/** A number without trailing zeros, at most four decimals. */
export function short(value: number): string {
  return String(Number(value.toFixed(4)))
}

/** Rows of numbers: [1 2 3; 4 5 6] */
export function matrixText(rows: readonly (readonly number[])[]): string {
  return `[${rows.map((row) => row.map(short).join(' ')).join('; ')}]`
}

/** A matrix turned by half a turn: both axes reversed. */
export function flipped(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => [...row].reverse()).reverse()
}

/** Tables side by side under their labels, as lines that a question shows as they are. */
export function tables(
  ...parts: readonly (readonly [label: string, rows: readonly (readonly number[])[]])[]
): string {
  const blocks = parts.map(([label, rows]) => {
    const cells = rows.map((row) => row.map(short))
    const width = Math.max(...cells.flat().map((cell) => cell.length))
    const lines = [label, ...cells.map((row) => row.map((cell) => cell.padStart(width)).join(' '))]
    const widest = Math.max(...lines.map(cellsOf))
    return lines.map((line) => line + ' '.repeat(widest - cellsOf(line)))
  })
  const height = Math.max(...blocks.map((lines) => lines.length))
  const blank = (lines: string[]) => ' '.repeat(cellsOf(lines[0] as string))
  return Array.from({ length: height }, (_, at) =>
    `\n    ${blocks.map((lines) => lines[at] ?? blank(lines)).join('   ')}`.trimEnd(),
  ).join('')
}

/** Terminal cells: two for a Chinese character. */
function cellsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0)
}
