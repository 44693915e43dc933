// The picture of a step: what it looks like follows from its values' shape and their origin, never
// from the layer.
import { decimal } from '../../base/format.ts'
import { at } from '../../tensor/tensor.ts'
import { tensorOf } from '../../trace/query.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import { axisWords, labelOf } from '../axes.ts'
import type { Style } from '../style.ts'
import { type Heat, heatmap, rangeOf, reduction } from '../text/heatmap.ts'
import { widthOf } from '../text/layout.ts'
import { bar } from '../text/pictures.ts'
import { beside, type TextBlock } from '../text/text-blocks.ts'
import { MOST_WEIGHTS, sumText, weightLines } from '../text/weight-bars.ts'
import type { Focus } from './focus.ts'
import { kernelsOf, mixing, staticKernels } from './kernel-lines.ts'
import { clampIndex, legend, others } from './legend.ts'
import { valuesOfSample, viewOf } from './view-of.ts'

/** Blanks between maps, and maps side by side at most. */
const GAP = 3
const MAPS = 4

/** @param marking mark the focus' pixel in the output's map */
export function picture(
  trace: Trace,
  step: Step,
  focus: Focus,
  width: number,
  style: Style,
  marking = false,
): string[] {
  const view = viewOf(trace, step)
  switch (view.kind) {
    case 'weights':
      return [sumText(step, style), ...weightLines(step, width, style)]
    case 'experts':
      return kernelsOf(trace, view.experts, focus, width, style)
    case 'kernel':
      return staticKernels(trace, step, focus, width, style)
    case 'mixture':
      return mixing(trace, step, focus, width, style)
    case 'maps':
      return maps(step, focus, width, style, view.made, marking)
    case 'vector':
      return vector(trace, step, focus, width, style, view.bySample)
    default:
      return view satisfies never
  }
}

/** The focused channel of a feature map, and as many of the next ones as there is room for. */
function maps(
  step: Step,
  focus: Focus,
  width: number,
  style: Style,
  made: boolean,
  marking: boolean,
): string[] {
  const [, C, rows, columns] = step.shape as [number, number, number, number]
  const first = clampIndex(made ? focus.out : focus.in, C)
  const sample = at(tensorOf(step), focus.sample)
  const heat = (c: number): Heat => ({ rows, columns, values: at(sample, c).data })
  const by = reduction({ rows, columns })
  const wide = 2 * Math.ceil(columns / by)
  const count = Math.max(1, Math.min(C - first, Math.floor((width + GAP) / (wide + GAP)), MAPS))
  const channels = Array.from({ length: count }, (_, c) => first + c)
  const range = rangeOf(channels.map(heat))
  const blocks = channels.map((c): TextBlock => {
    const mark = marking && made && c === first ? focus.pixel : undefined
    const name = `${style.say(axisWords.channel)} ${c}`
    return [
      name + ' '.repeat(Math.max(0, wide - widthOf(name))),
      ...heatmap(heat(c), range, style, mark),
    ]
  })
  const caption = style.say({
    en: `${C} ${C === 1 ? 'channel' : 'channels'} of ${rows} × ${columns}${by > 1 ? `; a cell is the mean of ${by} × ${by} values` : ''}`,
    zh: `${C} 个通道，各 ${rows} × ${columns}${by > 1 ? `；一格是 ${by} × ${by} 个值的均值` : ''}`,
  })
  return [style.colors.dim(caption), ...beside(blocks, width, GAP), legend(range, style)]
}

/** A few values, one a line, with bars of their size. */
function vector(
  trace: Trace,
  step: Step,
  focus: Focus,
  width: number,
  style: Style,
  bySample: boolean,
): string[] {
  const B = trace.input.shape[0] as number
  const values = valuesOfSample(trace, step, focus.sample)
  const shown = [...values.subarray(0, MOST_WEIGHTS)]
  const labels = shown.map((_, k) =>
    step.axes[0] === 'batch'
      ? labelOf(step, k, style)
      : `${style.say(axisWords[step.axes[0] ?? 'value'])} ${k}`,
  )
  const widest = Math.max(...labels.map(widthOf))
  const numbers = shown.map((value) => decimal(value))
  const digits = Math.max(...numbers.map(widthOf))
  const most = Math.max(...shown.map(Math.abs)) || 1
  const cells = Math.max(4, Math.min(30, width - widest - digits - 4))
  const lines = shown.map((value, k) => {
    const label = labels[k] as string
    const gap = ' '.repeat(widest - widthOf(label) + 2 + digits - widthOf(numbers[k] as string))
    const drawn = style.colors.cyan(bar(Math.abs(value) / most, cells, style.symbols))
    return `${label}${gap}${numbers[k]}  ${drawn}`
  })
  const sample =
    bySample && B > 1 ? [style.colors.dim(`${style.say(axisWords.batch)} ${focus.sample}`)] : []
  return [
    ...sample,
    ...lines.map((line) => line.trimEnd()),
    ...others(values.length, shown.length, style),
  ]
}
