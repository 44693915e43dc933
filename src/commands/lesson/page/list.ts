// The course with its progress, a line a lesson.
import type { QuestionProgress } from '../../../course/course-state.ts'
import type { Style } from '../../../show/style.ts'
import { columns } from '../../../show/text/layout.ts'
import { proseWidth } from './page.ts'
import { wrap } from './wrap.ts'

export interface LessonLine {
  readonly number: number
  readonly name: string
  readonly title: string
  readonly minutes: number
  readonly current: boolean
  readonly questions: readonly QuestionProgress[]
}

export function renderList(lines: readonly LessonLine[], style: Style): string {
  const titles = {
    en: ['', '#', 'lesson', '', 'min', 'passed', 'skip', 'hints'],
    zh: ['', '#', '课', '', '分钟', '答对', '跳过', '提示'],
  }[style.language]
  const rows = lines.map(({ current, number, name, title, minutes, questions }) => [
    current ? '>' : '',
    String(number),
    style.colors.cyan(name),
    style.plain(title),
    String(minutes),
    `${questions.filter(({ passed }) => passed).length}/${questions.length}`,
    count(questions.filter(({ skipped }) => skipped).length),
    count(questions.reduce((sum, { hints }) => sum + hints, 0)),
  ])
  const table = columns(
    [titles.map((title) => style.colors.dim(title)), ...rows],
    ['left', 'right', 'left', 'left', 'right', 'right', 'right', 'right'],
  )
  return [...table, '', ...footer(lines, style), ''].join('\n')
}

function count(number: number): string {
  return number === 0 ? '' : String(number)
}

function footer(lines: readonly LessonLine[], style: Style): string[] {
  const current = lines.find((line) => line.current)
  const open =
    lines.find(({ questions }) => questions.some(({ passed, skipped }) => !passed && !skipped)) ??
    lines.find(({ questions }) => questions.some(({ passed }) => !passed))
  const next = current ?? open
  const width = proseWidth(style)
  if (next === undefined)
    return wrap(style.say({ en: 'Every lesson is done.', zh: '全部课程已完成。' }), width, style)
  const begun = next.questions.some(({ passed, tries }) => passed || tries > 0)
  const words = begun
    ? {
        en: `Go on: \`convlab lesson start\` (${next.name})`,
        zh: `继续：\`convlab lesson start\`（${next.name}）`,
      }
    : {
        en: `Begin: \`convlab lesson start ${next.name}\``,
        zh: `开始：\`convlab lesson start ${next.name}\``,
      }
  return wrap(words[style.language], width, style)
}
