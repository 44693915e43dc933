// A mean of few values, and how far it may be off.
import { medianOf } from '../../trace/stats.ts'
import { t975 } from './student.ts'

export interface Interval {
  readonly n: number
  readonly mean: number
  /** of the 95 % interval, mean - halfWidth to mean + halfWidth; none of a single value */
  readonly halfWidth?: number
  readonly median: number
}

export function intervalOf(values: readonly number[]): Interval {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const halfWidth = n > 1 ? t975(n - 1) * Math.sqrt(squares / (n - 1) / n) : undefined
  return { n, mean, median: medianOf(values), ...(halfWidth !== undefined && { halfWidth }) }
}
