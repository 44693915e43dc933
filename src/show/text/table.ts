// The table: every step of a trace in a line or two, and what the layer costs.
import { decimal, decimalsFor, shapeText } from '../../base/format.ts'
import type { PhraseText } from '../../base/text.ts'
import { isDrawn } from '../../run/input.ts'
import { statsOf } from '../../trace/stats.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import type { Style } from '../style.ts'
import { costTexts, isSeeded, sourceText, temperatureText } from '../summary.ts'
import { columns, flow, indent, paragraph, type Row, widthOf } from './layout.ts'
import { sparkline } from './pictures.ts'
import { sumText, weightLines } from './weight-bars.ts'

/** Tensors of at most this many values are shown whole. */
const FEW = 8
/** A last column narrower than this goes below the others instead. */
const NARROW = 30

/** The whole page of a trace, ending in a line break. */
export function renderTable(trace: Trace, style: Style): string {
  return [...head(trace, style), '', ...table(trace, style), '', ...foot(trace, style), ''].join(
    '\n',
  )
}

function head({ title, brief, ...trace }: Trace, style: Style): string[] {
  const comma = style.say({ en: ',', zh: '，' })
  const parts = brief.map((part, at) => style.say(part) + (brief[at + 1] ? comma : ''))
  const name = style.colors.bold(style.say(title))
  const [first = '', ...more] = flow(parts, style.columns - 2, style.say({ en: ' ', zh: '' }))
  const fits = more.length === 0 && widthOf(`${name}   ${first}`) <= style.columns
  const source = [...flow(sources(trace, style), style.columns), ...warning(trace, style)]
  return fits
    ? [`${name}   ${first}`, ...source]
    : [name, ...indent([first, ...more], '  '), ...source]
}

/** Where the numbers come from, and which of PyTorch's they equal. */
function sources(trace: Omit<Trace, 'title' | 'brief'>, style: Style): string[] {
  const line = style.say(sourceText(trace))
  if (!isSeeded(trace)) return [line]
  const same = style.say({
    en: `(the same numbers as torch.manual_seed(${trace.seed}))`,
    zh: `（与 torch.manual_seed(${trace.seed}) 的数字相同）`,
  })
  return [line, style.colors.dim(same)]
}

/** A temperature that nobody named. */
function warning(trace: Omit<Trace, 'title' | 'brief'>, style: Style): string[] {
  const text = temperatureText(trace)
  if (text === undefined) return []
  return paragraph(style.say(text), style.columns).map((line) => style.colors.yellow(line))
}

function table({ steps }: Trace, style: Style): string[] {
  const shapes = steps.map(({ shape }) => shapeText(shape))
  const left = 6 + widest(steps.map(({ id }) => id)) + 2 + widest(shapes) + 2
  const room = style.columns - left
  const below = room < NARROW
  const width = below ? style.columns - 6 : room

  const titles = { en: ['step', 'shape', 'what happened'], zh: ['步骤', '形状', '发生了什么'] }
  const dim = (word: string) => style.colors.dim(word)
  const rows: Row[] = [['#', ...titles[style.language].slice(0, below ? 2 : 3)].map(dim)]
  for (const [n, each] of steps.entries()) {
    const name = style.colors.cyan(each.id)
    const lines = summary(each, width, style)
    rows.push([String(n + 1), name, shapes[n] as string, below ? '' : lines.join('\n')])
    if (below) rows.push({ across: lines.join('\n') })
    if (each.kind === 'weights') {
      const bars = weightLines(each, style.columns - 8, style)
      rows.push({ across: indent(bars, '  ').join('\n') })
    }
  }
  return indent(columns(rows, ['right', 'left', 'left', 'left']), ' ')
}

/** What is to be seen in a step's values. */
function summary(step: Step, width: number, style: Style): string[] {
  switch (step.kind) {
    case 'weights':
      return step.note ? noteLines(step.note, width, style) : [sumText(step, style)]
    case 'tensor':
      if (step.note) return noteLines(step.note, width, style)
      if (step.values.length <= FEW) return flow(valueList(step.values), width, '  ')
      return flow(spread(step, style), width)
    default:
      return step.kind satisfies never
  }
}

function noteLines(note: PhraseText, width: number, style: Style): string[] {
  const lines = flow(style.say(note).split('   '), width)
  return lines.flatMap((line) => paragraph(line, width))
}

function valueList(values: Float32Array): string[] {
  const texts = Array.from(values, (value) => decimal(value))
  const width = widest(texts)
  return texts.map((text) => text.padStart(width))
}

/** Range, mean, standard deviation and histogram. */
function spread({ values }: Step, style: Style): string[] {
  const stats = statsOf(values)
  const digits = decimalsFor(stats.min, stats.max)
  const [min, max, mean, std] = [stats.min, stats.max, stats.mean, stats.std].map((value) =>
    Math.abs(value) < 1e6 ? value.toFixed(digits) : value.toExponential(2),
  )
  return [
    style.plain(`${min} … ${max}`),
    style.say({ en: `mean ${mean}`, zh: `均值 ${mean}` }),
    style.say({ en: `std ${std}`, zh: `标准差 ${std}` }),
    style.colors.cyan(sparkline(values, stats, style.symbols)),
  ]
}

function foot(trace: Trace, style: Style): string[] {
  const { command } = trace
  const costs = costTexts(trace).map(style.say)
  // the walk by keys runs layers anew, which it cannot with what a file gave
  const drawn = !trace.weights && isDrawn(trace.input.source)
  const explained = drawn ? `explain ${command}` : `${command} --explain`
  const closer = style.say({
    en: `Look closer: convlab ${explained}`,
    zh: `逐步讲解：convlab ${explained}`,
  })
  const [last = '', ...long] = paragraph(closer, style.columns, '  ').reverse()
  const further = [
    last,
    style.say({ en: 'one pixel: --at 0,0,0,0', zh: '看一个像素：--at 0,0,0,0' }),
    style.say({ en: 'in PyTorch: --torch', zh: '看 PyTorch 写法：--torch' }),
  ]
  return [
    ...flow(costs, style.columns),
    ...[...long.reverse(), ...flow(further, style.columns)].map((line) => style.colors.dim(line)),
  ]
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(widthOf))
}
