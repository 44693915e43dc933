// The kernel of an output value where it is a mixture: each of its values as the sum it is.
import { decimal } from '../../base/format.ts'
import { type Mixture, mixtureOf } from '../../trace/mixture.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace, WindowStep } from '../../trace/trace.ts'
import type { Style } from '../style.ts'
import { flow, indent, widthOf } from './layout.ts'
import { grid } from './text-blocks.ts'

/** One value of a mixture: its name, the factors of every term, and what they add up to. */
interface MixtureSum {
  readonly name: string
  readonly terms: readonly (readonly number[])[]
  readonly value: number
}

/** The sums behind the kernel of the first so many channels, and behind the bias; none if there is none. */
export function mixtureLines(
  trace: Trace,
  step: WindowStep,
  channels: number,
  width: number,
  style: Style,
): string[] {
  const [, kernelId = '', biasId = ''] = step.from
  const kernel = mixtureNamed(trace, kernelId)
  if (kernel === undefined) return []
  const [n, o] = step.at
  const size = step.kernel.length
  const perChannel = (step.shape[1] as number) * (step.shape[2] as number)
  const sums = Array.from({ length: channels * perChannel }, (_, at) =>
    sumOf(label(step, at), kernel, n, o * size + at, step.kernel[at] as number),
  )
  const bias = step.bias === 0 ? undefined : mixtureNamed(trace, biasId)
  if (bias) sums.push(sumOf(style.say({ en: 'bias', zh: '偏置' }), bias, n, o, step.bias))
  const title = style.say({
    en: `The kernel is itself a sum over ${kernel.terms} ${kernel.terms === 1 ? 'expert' : 'experts'} (channel, row, column: attention × expert):`,
    zh: `卷积核本身也是 ${kernel.terms} 个专家的加权和（通道、行、列：注意力 × 专家）：`,
  })
  return [
    '',
    ...flow(title.split(' '), width, ' '),
    ...indent(laidOut(sums, width - 2, style), '  '),
  ]
}

function mixtureNamed(trace: Trace, id: string): Mixture | undefined {
  const step = trace.steps.find((each) => each.id === id)
  return step && mixtureOf(trace, stepOf(trace, id))
}

/** channel, row and column inside the kernel */
function label({ reads, shape }: WindowStep, at: number): string {
  const [, kh, kw] = shape as [number, number, number]
  const channel = reads.channels[Math.floor(at / (kh * kw))]
  return `[${channel},${Math.floor(at / kw) % kh},${at % kw}]`
}

function sumOf(name: string, mixture: Mixture, n: number, at: number, value: number): MixtureSum {
  const terms = Array.from({ length: mixture.terms }, (_, k) => mixture.factors(k, n, at))
  return { name, terms, value }
}

/** Whole sums, one a line, where they fit; else the attention above its column; else flowing. */
function laidOut(sums: readonly MixtureSum[], width: number, style: Style): string[] {
  const written = sums.map((sum) => [sum.name, ...termTexts(sum, style), `= ${decimal(sum.value)}`])
  const tables = [grid(written, Number.POSITIVE_INFINITY), underAttention(sums, style)]
  const fitting = tables.find((table) => table?.every((line) => widthOf(line) <= width))
  if (fitting) return fitting
  return written.flatMap(([name = '', ...terms]) => {
    const left = widthOf(name) + 1
    const [first = '', ...more] = flow(terms, width - left, ' ')
    return [`${name} ${first}`, ...indent(more, ' '.repeat(left))]
  })
}

/** 0.3758·0.0538, + 0.1742·(-0.1147) ... */
function termTexts({ terms }: MixtureSum, style: Style): string[] {
  return terms.map((factors, k) => {
    const product = factors
      .map((factor) => decimal(factor))
      .map((text, which) => (which > 0 && text.startsWith('-') ? `(${text})` : text))
      .join(style.plain('·'))
    return k === 0 ? product : `+ ${product}`
  })
}

/** Each expert a column under its attention; only where one number weighs all of an expert. */
function underAttention(sums: readonly MixtureSum[], style: Style): string[] | undefined {
  const first = sums[0]?.terms.map(([weight]) => weight) ?? []
  const alike = sums.every(({ terms }) =>
    terms.every((factors, k) => factors.length === 2 && factors[0] === first[k]),
  )
  if (!alike) return undefined
  const head = first.map(
    (weight, k) => `${k === 0 ? '' : '+ '}${decimal(weight as number)} ${style.plain('×')}`,
  )
  const rows = sums.map(({ name, terms, value }) => [
    name,
    ...terms.map(([, expert]) => decimal(expert as number)),
    `= ${decimal(value)}`,
  ])
  return grid([['', ...head, ''], ...rows], Number.POSITIVE_INFINITY)
}
