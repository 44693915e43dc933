// One step as a page: what it is, its formula in words and numbers, how it looks, why it is there,
// what was checked, and what people get wrong.
import { shapeText } from '../../base/format.ts'
import type { Explanation } from '../../layers/explanation.ts'
import type { CheckResult } from '../../trace/checks/check-claims.ts'
import type { Step, Trace, ValueStep } from '../../trace/trace.ts'
import { axesText } from '../axes.ts'
import type { Style } from '../style.ts'
import { flow, indent, paragraph, widthOf } from '../text/layout.ts'
import { windowLines } from '../text/window-lines.ts'
import type { Focus } from './focus.ts'
import { picture } from './picture.ts'
import { workedOut } from './worked.ts'

/** A trace with what is to be said of it, and what was checked on it. */
export interface Lecture {
  readonly trace: Trace
  readonly explanations: Readonly<Record<string, Explanation>>
  readonly claims: Readonly<Record<string, readonly CheckResult[]>>
  /** one output value worked out, as a page of its own behind the steps */
  readonly window?: ValueStep
}

export interface ExplainPage {
  /** which step it is */
  readonly head: readonly string[]
  readonly body: readonly string[]
}

/**
 * The page of step number `index`, counted from 0.
 * @param marking mark the focused pixel in the map of the output
 */
export function pageOf(
  { trace, explanations, claims, window }: Lecture,
  index: number,
  focus: Focus,
  style: Style,
  marking = false,
): ExplainPage {
  const pages = trace.steps.length + (window ? 1 : 0)
  const step = trace.steps[index] ?? (window as ValueStep)
  const head = title(step, index, pages, style)
  const width = style.columns - 2
  if (step.kind === 'window')
    return { head, body: sectionLines(windowLines(trace, step, { ...style, columns: width })) }
  const explanation = explanations[step.id]
  const parts = [
    formulas(trace, step, explanation, focus, width, style),
    picture(trace, step, focus, width, style, marking),
    explanation ? why(explanation, trace, width, style) : [],
    (claims[step.id] ?? []).flatMap((claim) => checked(claim, width, style)),
    explanation?.trap ? trap(explanation.trap, width, style) : [],
  ]
  return { head, body: parts.flatMap(sectionLines) }
}

/** Lines moved right, and a blank one before them. */
export function sectionLines(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...indent(lines, '  ')]
}

function title(step: Step | ValueStep, index: number, pages: number, style: Style): string[] {
  const name = `${index + 1}/${pages}  ${style.say(step.title)}`
  const right = `${step.id} ${shapeText(step.shape)}`
  const gap = style.columns - widthOf(name) - widthOf(right)
  const bold = style.colors.bold(name)
  const shape = style.colors.cyan(right)
  const axes = style.colors.dim(axesText(step, style))
  return gap >= 3
    ? [bold + ' '.repeat(gap) + shape, ...indent([axes], '  ')]
    : [bold, ...indent([shape, axes], '  ')]
}

function formulas(
  trace: Trace,
  step: Step,
  explanation: Explanation | undefined,
  focus: Focus,
  width: number,
  style: Style,
): string[] {
  const torch = explanation?.torch
  const line = typeof torch === 'function' ? torch(trace) : torch
  const [formula = '', ...more] = paragraph(style.plain(style.say(step.formula)), width)
  return [
    style.colors.bold(formula),
    ...more,
    ...workedOut(trace, step, focus).flatMap((equation) =>
      continued(flow(equation.map(style.plain), width, ' ')),
    ),
    ...(line ? continued(paragraph(`PyTorch: ${line}`, width - 2)) : []),
  ]
}

/** Lines after the first one moved right. */
function continued([first, ...more]: readonly string[]): string[] {
  return first === undefined ? [] : [first, ...indent(more, '    ')]
}

/** Lines of reading are no longer than this, however wide the terminal is. */
const READABLE = 100

function why({ why }: Explanation, trace: Trace, width: number, style: Style): string[] {
  return paragraph(
    style.say(typeof why === 'function' ? why(trace) : why),
    Math.min(width, READABLE),
  )
}

function checked({ text, holds }: CheckResult, width: number, style: Style): string[] {
  const { yes, no } = style.symbols.check
  const mark = holds ? style.colors.green(yes) : style.colors.red(no)
  const verdict = holds
    ? style.say({ en: 'Checked on this run: ', zh: '本次运行已验证：' })
    : style.say({ en: 'Does not hold on this run: ', zh: '本次运行不成立：' })
  return marked(mark, verdict + style.say(text), width)
}

function trap(
  { more, ...text }: NonNullable<Explanation['trap']>,
  width: number,
  style: Style,
): string[] {
  const title = style.say({ en: 'Often wrong: ', zh: '常见错误：' })
  const further = more
    ? style.say({ en: ` More: convlab ${more}`, zh: `详见 convlab ${more}` })
    : ''
  return marked(style.colors.yellow('!'), title + style.say(text) + further, width)
}

function marked(mark: string, text: string, width: number): string[] {
  const left = widthOf(mark) + 1
  const [first = '', ...more] = paragraph(text, Math.min(width, READABLE) - left)
  return [`${mark} ${first}`, ...indent(more, ' '.repeat(left))]
}
