// One output value worked out: what the window reads, the kernel, their products, and the sum.
import { decimal } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace, ValueStep, WindowStep } from '../../trace/trace.ts'
import { convolutionStepOf, isWindow, lastOf } from '../../trace/window.ts'
import { workedOut } from '../explain/worked.ts'
import type { Style } from '../style.ts'
import { flow, indent } from './layout.ts'
import { mixtureLines } from './mixture-lines.ts'
import { beside, grid, type TextBlock } from './text-blocks.ts'

/** Of more input channels than this, the others are shown as their sums. */
const MANY = 8
const SHOWN = 4

/** The whole page, ending in a line break. */
export function renderWindow(trace: Trace, step: ValueStep, style: Style): string {
  return `${windowLines(trace, step, style).join('\n')}\n`
}

/** Every product of an output value, channel by channel, and how they sum up. */
export function windowLines(trace: Trace, step: ValueStep, style: Style): string[] {
  const name = style.colors.bold(`output[${step.at.join(',')}]`)
  const total = `${name} = ${decimal(step.total)}`
  if (!isWindow(step))
    return [total, ...indent(afterwards(trace, [lastOf(trace).id], step, style), '  ')]
  const channels = step.reads.channels
  const shown = channels.length > MANY ? SHOWN : channels.length
  const room = style.columns - 2
  return [
    total,
    ...indent(reading(trace, step, style), '  '),
    ...channels
      .slice(0, shown)
      .flatMap((_, c) => ['', ...indent(channelLines(trace, step, c, room, style), '  ')]),
    ...(shown < channels.length ? ['', ...indent(otherSums(step, shown, room, style), '  ')] : []),
    '',
    ...indent(totalLines(step, room, style), '  '),
    ...indent(afterwards(trace, step.followed ?? [], step, style), '  '),
    ...indent(mixtureLines(trace, step, shown, room, style), '  '),
  ]
}

/** Which channels, rows and columns are read, and what the marks mean. */
function reading(trace: Trace, { at, reads, shape }: WindowStep, style: Style): string[] {
  const { groups, dilation } = convolutionStepOf(trace).attributes
  const { channels, rows, columns } = reads
  const [first, last] = [channels[0], channels.at(-1)]
  const span = first === last ? `${first}` : `${first}-${last}`
  const group = Math.floor((first as number) / channels.length)
  const padding = [...rows, ...columns].includes(null)
  const gaps = dilation.some((step, axis) => step > 1 && (shape[axis + 1] as number) > 1)
  const parts: (Text | false)[] = [
    groups > 1 && {
      en: `group ${group} of ${groups}: output channel ${at[1]} reads input channels ${span}`,
      zh: `第 ${group} 组（共 ${groups} 组）：输出通道 ${at[1]} 只读输入通道 ${span}`,
    },
    { en: `rows ${positions(rows)}`, zh: `行 ${positions(rows)}` },
    { en: `columns ${positions(columns)}`, zh: `列 ${positions(columns)}` },
    padding && { en: `${style.symbols.padding} padding`, zh: `${style.symbols.padding} 补的零` },
    gaps && { en: '_ skipped by dilation', zh: '_ 空洞跳过的位置' },
  ]
  const words = parts.filter((part) => part !== false).map((part) => style.say(part))
  return flow(words, style.columns - 2).map((line) => style.colors.dim(line))

  function positions(read: readonly (number | null)[]): string {
    return read.map((position) => position ?? style.symbols.padding).join(' ')
  }
}

function channelLines(
  trace: Trace,
  step: WindowStep,
  c: number,
  width: number,
  style: Style,
): string[] {
  const { dilation } = convolutionStepOf(trace).attributes
  const { reads, sums } = step
  const [, kh, kw] = step.shape as [number, number, number]
  const part = (values: ArrayLike<number>) =>
    Array.from({ length: kh }, (_, u) =>
      Array.from({ length: kw }, (_, v) => values[(c * kh + u) * kw + v] as number),
    )
  const isPadding = (u: number, v: number) => reads.rows[u] === null || reads.columns[v] === null
  const numbers = (values: number[][], mark: boolean) =>
    values.map((row, u) =>
      row.map((value, v) => (mark && isPadding(u, v) ? style.symbols.padding : decimal(value))),
    )
  const block = (title: Text, cells: string[][]): TextBlock => [
    style.colors.dim(style.say(title)),
    ...grid(cells, width - 2),
  ]
  const patch = spread(numbers(part(step.patch), true), dilation[0], dilation[1])
  const channel = style.say({
    en: `channel ${reads.channels[c]}`,
    zh: `通道 ${reads.channels[c]}`,
  })
  const sum = style.say({ en: 'sum', zh: '和' })
  return [
    `${style.colors.cyan(channel)}   ${sum} ${decimal(sums[c] as number)}`,
    ...indent(
      beside(
        [
          block({ en: 'input window', zh: '输入窗口' }, patch),
          block({ en: 'kernel', zh: '卷积核' }, numbers(part(step.kernel), false)),
          block({ en: 'products', zh: '乘积' }, numbers(part(step.products), true)),
        ],
        width - 2,
      ),
      '  ',
    ),
  ]
}

/** The cells with what dilation skips between them. */
function spread(cells: readonly string[][], rows: number, columns: number): string[][] {
  const apart = <T>(items: readonly T[], by: number, gap: T): T[] =>
    items.flatMap((item, at) => (at === 0 ? [item] : [...new Array<T>(by - 1).fill(gap), item]))
  const wide = cells.map((row) => apart(row, columns, '_'))
  return apart(wide, rows, new Array<string>(wide[0]?.length ?? 0).fill('_'))
}

function otherSums(step: WindowStep, shown: number, width: number, style: Style): string[] {
  const { channels } = step.reads
  const title = style.say({
    en: `the other ${channels.length - shown} channels, as their sums (every product: --json)`,
    zh: `其余 ${channels.length - shown} 个通道只列出和（全部乘积见 --json）`,
  })
  const sums = channels
    .slice(shown)
    .map((channel, c) => `${channel}: ${decimal(step.sums[shown + c] as number)}`)
  return [style.colors.dim(title), ...indent(flow(sums, width - 2, '  '), '  ')]
}

/** -0.2488 + 0.4363 + 0.0502 + bias 0.0211 = 0.2588 */
function totalLines(step: WindowStep, width: number, style: Style): string[] {
  const { sums, bias, scale, convolved, total } = step
  const terms = sums.map((sum) => decimal(sum))
  if (bias !== 0) terms.push(`${style.say({ en: 'bias', zh: '偏置' })} ${decimal(bias)}`)
  const sum = terms.map((term, at) =>
    at === 0 ? term : `+ ${term.startsWith('-') ? `(${term})` : term}`,
  )
  const result = `= ${style.colors.bold(decimal(convolved ?? total))}`
  if (scale === undefined) return flow([...sum, result], width, ' ')
  const factor = `) ${style.plain('×')} ${style.say({ en: 'scale', zh: '缩放' })} ${decimal(scale)}`
  return flow([`( ${sum[0]}`, ...sum.slice(1), factor, result], width, ' ')
}

/** What the steps behind the convolution make of the value, a line each. */
function afterwards(
  trace: Trace,
  ids: readonly string[],
  { at: [sample, out, row, column] }: ValueStep,
  style: Style,
): string[] {
  const focus = { sample, expert: out, out, in: out, pixel: [row, column] } as const
  return ids.flatMap((id) =>
    workedOut(trace, stepOf(trace, id), focus).flatMap((equation) =>
      flow(equation.map(style.plain), style.columns - 2, ' '),
    ),
  )
}
