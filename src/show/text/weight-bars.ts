// Attention weights as bars: for one sample a line a weight, for a batch a line a sample.
import { decimal } from '../../base/format.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import type { Step } from '../../trace/trace.ts'
import { axisWords, labelOf } from '../axes.ts'
import type { Style } from '../style.ts'
import { flow, indent, widthOf } from './layout.ts'
import { bar } from './pictures.ts'

/** More rows than this are counted, not shown. */
export const MOST_WEIGHTS = 16
/** Samples whose weights differ by less are said to be alike. */
const ALIKE = 0.01

/** Weights by sample: a row a sample, one value for each thing that is weighed. */
function rowsOf({ shape, values }: Step): Float32Array[] {
  const [samples = 1] = shape
  const size = sizeOf(shape) / samples
  return Array.from({ length: samples }, (_, n) => values.subarray(n * size, (n + 1) * size))
}

/** What the rows add up to: 1 for a softmax. */
export function sumText(step: Step, style: Style): string {
  const sums = rowsOf(step).map((row) => row.reduce((sum, weight) => sum + weight, 0))
  if (sums.every((sum) => Math.abs(sum - 1) < 1e-5)) {
    const each = sums.length > 1
    return style.say({
      en: each ? 'each row sums to 1' : 'sums to 1',
      zh: each ? '每行之和为 1' : '和为 1',
    })
  }
  const range = [Math.min(...sums), Math.max(...sums)].map((sum) => decimal(sum))
  const shown = [...new Set(range)].join(' … ')
  return style.say({ en: `sums to ${shown}`, zh: `和为 ${shown}` })
}

/** The bars of a step of weights. */
export function weightLines(step: Step, width: number, style: Style): string[] {
  const rows = rowsOf(step)
  const [only, ...more] = rows
  if (only === undefined) return []
  return more.length === 0
    ? oneSample(step, only, width, style)
    : [...bySample(rows, width, style), likeness(step, rows, style)]
}

function oneSample(step: Step, weights: Float32Array, width: number, style: Style): string[] {
  const shown = [...weights.subarray(0, MOST_WEIGHTS)]
  const labels = shown.map((_, k) => labelOf(step, k, style))
  const widest = Math.max(...labels.map(widthOf))
  const cells = Math.max(8, Math.min(50, width - widest - 10))
  const lines = shown.map((weight, k) => {
    const label = (labels[k] as string) + ' '.repeat(widest - widthOf(labels[k] as string))
    const drawn = bar(weight, cells, style.symbols)
    return `${label}  ${style.colors.cyan(drawn)}${' '.repeat(cells - drawn.length)}  ${decimal(weight)}`
  })
  return [...lines, ...rest(weights.length, style)]
}

function bySample(rows: readonly Float32Array[], width: number, style: Style): string[] {
  const labels = rows.slice(0, MOST_WEIGHTS).map((_, n) => `${style.say(axisWords.batch)} ${n}`)
  const widest = Math.max(...labels.map(widthOf))
  const cells = Math.max(4, Math.min(14, Math.floor((width - widest) / (rows[0]?.length ?? 1)) - 9))
  const lines = labels.flatMap((label, n) => {
    const weights = [...(rows[n] as Float32Array).subarray(0, MOST_WEIGHTS)].map((weight) => {
      const drawn = bar(weight, cells, style.symbols)
      return `${decimal(weight)} ${style.colors.cyan(drawn)}${' '.repeat(cells - drawn.length)}`
    })
    const [first = '', ...others] = flow(weights, width - widest - 2, '  ')
    const gap = ' '.repeat(widest + 2)
    return [label + gap.slice(widthOf(label)) + first, ...indent(others, gap)]
  })
  return [...lines, ...rest(rows.length, style)]
}

function rest(count: number, style: Style): string[] {
  const more = count - MOST_WEIGHTS
  if (more <= 0) return []
  return [style.say({ en: `… and ${more} more (--json)`, zh: `… 另有 ${more} 个（见 --json）` })]
}

/** Whether the samples get weights of their own, in one line. */
function likeness(step: Step, rows: readonly Float32Array[], style: Style): string {
  const first = rows[0] as Float32Array
  const spread = Array.from(first, (_, k) => {
    const column = rows.map((row) => row[k] as number)
    return column.reduce((a, b) => Math.max(a, b)) - column.reduce((a, b) => Math.min(a, b))
  })
  const largest = spread.reduce((a, b) => Math.max(a, b))
  const at = labelOf(step, spread.indexOf(largest), style)
  const by = decimal(largest)
  return largest < ALIKE
    ? style.say({
        en: `samples differ by at most ${by} (${at}): alike; try --input varied`,
        zh: `样本之间最多相差 ${by}（${at}）：几乎一样；可试 --input varied`,
      })
    : style.say({
        en: `samples differ by up to ${by} (${at}): each has weights of its own`,
        zh: `样本之间最多相差 ${by}（${at}）：每个样本各有一组权重`,
      })
}
