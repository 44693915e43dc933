// The course with its progress, a line a lesson.
import type { QuestionProgress } from '../../lessons/progress.ts'
import type { Style } from '../style.ts'
import { columns, indent } from '../text/layout.ts'
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
    en: ['', '#', 'lesson', '', 'min', 'passed', ''],
    zh: ['', '#', '课', '', '分钟', '答对', ''],
  }[style.language]
  const rows = lines.map((line) => [
    line.current ? '>' : '',
    String(line.number),
    style.colors.cyan(line.name),
    style.plain(line.title),
    String(line.minutes),
    `${line.questions.filter(({ passed }) => passed).length}/${line.questions.length}`,
    remarks(line, style),
  ])
  const table = columns(
    [titles.map((title) => style.colors.dim(title)), ...rows],
    ['left', 'right', 'left', 'left', 'right', 'right', 'left'],
  )
  return [...indent(table, ' '), '', ...footer(lines, style), ''].join('\n')
}

/** What the count of passed questions does not say. */
function remarks({ questions }: LessonLine, style: Style): string {
  const skips = questions.filter(({ skipped }) => skipped).length
  const hints = questions.reduce((sum, each) => sum + each.hints, 0)
  const parts = []
  if (questions.every(({ passed }) => passed)) parts.push(style.say({ en: 'done', zh: '完成' }))
  if (skips > 0) parts.push(style.say({ en: `${skips} skipped`, zh: `跳过 ${skips}` }))
  if (hints > 0)
    parts.push(style.say({ en: `${hints} hint${hints === 1 ? '' : 's'}`, zh: `提示 ${hints}` }))
  return parts.join(style.say({ en: ', ', zh: '，' }))
}

function footer(lines: readonly LessonLine[], style: Style): string[] {
  const current = lines.find((line) => line.current)
  const open = lines.find(({ questions }) =>
    questions.some(({ passed, skipped }) => !passed && !skipped),
  )
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
