// Small pictures made of characters.
import { histogram, type Stats } from '../../trace/stats.ts'
import type { Symbols } from '../symbols.ts'

/** A bar of `cells` cells at value 1, in eighths of a cell where the symbols allow. */
export function bar(value: number, cells: number, { bar }: Symbols): string {
  const steps = bar.length - 1
  const filled = Math.max(0, Math.floor(value * cells * steps))
  const full = (bar[steps] as string).repeat(Math.floor(filled / steps))
  return filled % steps === 0 ? full : full + bar[filled % steps]
}

/** How the values are spread between the smallest and the largest, a column for each tenth. */
export function sparkline(values: Float32Array, stats: Stats, { column }: Symbols): string {
  const counts = histogram(values, stats, 10)
  const most = Math.max(...counts)
  const heights = column.length
  return counts
    .map((count) => column[Math.min(heights - 1, Math.floor((count / most) * heights))])
    .join('')
}
