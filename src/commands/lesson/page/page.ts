// A page of a lesson, and its questions.

import type { QuestionProgress } from '../../../course/course-state.ts'
import type { MarkdownBlock } from '../../../course/markdown.ts'
import {
  type Assessment,
  cutOff,
  letter,
  type Printed,
  type Question,
} from '../../../course/question.ts'
import type { Style } from '../../../show/style.ts'
import { indent } from '../../../show/text/layout.ts'
import { cut } from '../../../show/text/width.ts'
import { wrap } from './wrap.ts'

/** Prose wider than this is tiring to read. */
const WIDEST = 100

export function proseWidth({ columns }: Style): number {
  return Math.min(columns, WIDEST)
}

/** A block of prose; commands and questions have renderers of their own. */
export function renderProse(
  block: Exclude<MarkdownBlock, { kind: 'command' | 'question' }>,
  style: Style,
): string[] {
  const width = proseWidth(style)
  switch (block.kind) {
    case 'heading':
      return [style.colors.bold(style.plain(block.text))]
    case 'paragraph':
      return wrap(block.text, width, style)
    case 'literal':
      return indent(block.text.split('\n').map(style.plain), '    ')
    case 'list':
      return block.items.flatMap((item) => bullet('- ', item, width, style))
    default:
      return block satisfies never
  }
}

/** A command and what it printed. */
export function renderCommand(line: string, output: string, style: Style): string[] {
  const printed = indent(output.trimEnd().split('\n'), '  ')
  return [`${style.colors.dim('$')} ${style.colors.cyan(`convlab ${line}`)}`, ...printed]
}

/** A question as it stands: asked, passed or skipped. */
export function renderQuestion(
  id: string,
  question: Question,
  progress: QuestionProgress,
  style: Style,
): string[] {
  const width = proseWidth(style) - 2
  const { bold, dim } = style.colors
  const mark = markOf(progress, style)
  const kind =
    question.kind === 'code' ? { en: 'code', zh: '编程' } : { en: 'question', zh: '问题' }
  const head = `${mark} ${bold(`${style.say(kind)} ${id}`)}`
  const options =
    question.kind === 'code'
      ? []
      : question.options.flatMap((option, at) =>
          bullet(`${letter(at)}) `, option[style.language], width, style),
        )
  const form =
    question.kind === 'code'
      ? []
      : [dim(style.say({ en: `answer: ${question.form.en}`, zh: `回答：${question.form.zh}` }))]
  return [
    head,
    ...indent(
      [...textLines(question.ask[style.language], width, style), ...options, ...form],
      '  ',
    ),
  ]
}

const notYet = { en: 'Not yet.', zh: '还不对。' }

export function renderVerdict(verdict: Assessment, style: Style): string[] {
  const { green, red, yellow } = style.colors
  const word = {
    pass: green(style.say({ en: 'Right.', zh: '答对了。' })),
    fail: red(style.say(notYet)),
    error: red(style.say(notYet)),
    unreadable: yellow(style.say({ en: 'Not understood.', zh: '没看懂。' })),
  }[verdict.status]
  const said = wrap(verdict.says[style.language], proseWidth(style), style)
  return [...printedLines(verdict.output, style), word, ...said]
}

/** Lines of a learner's own output that leave a verdict on the screen. */
const MOST_PRINTED = 10

/** What the learner's code printed, before what is said of it. */
function printedLines(output: Printed | undefined, style: Style): string[] {
  if (output === undefined) return []
  const lines = output.text.split('\n')
  const title =
    lines.length > MOST_PRINTED
      ? {
          en: `your code printed, in its first ${MOST_PRINTED} lines:`,
          zh: `你的代码输出（前 ${MOST_PRINTED} 行）：`,
        }
      : { en: 'your code printed:', zh: '你的代码输出：' }
  const shown = lines.slice(0, MOST_PRINTED).map((line) => cut(line, style.columns - 2))
  const rest = output.more && lines.length <= MOST_PRINTED ? [style.say(cutOff)] : []
  return [style.say(title), ...indent(shown, '  '), ...rest, '']
}

/** Wrapped lines; those that start with four blanks stay as they are. */
function textLines(text: string, width: number, style: Style): string[] {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('    ') ? [style.plain(line)] : wrap(line, width, style)))
}

/** [x] passed, [-] skipped, [ ] open: words carry it too, where there is room for them. */
export function markOf({ passed, skipped }: QuestionProgress, style: Style): string {
  if (passed) return style.colors.green('[x]')
  return skipped ? style.colors.yellow('[-]') : '[ ]'
}

function bullet(mark: string, text: string, width: number, style: Style): string[] {
  const [first = '', ...rest] = wrap(text, width - mark.length, style)
  return [mark + first, ...indent(rest, ' '.repeat(mark.length))]
}
