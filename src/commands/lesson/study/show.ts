// A lesson as pages, each up to a question, and what to do next.
import { basename } from 'node:path'
import type { CourseLesson } from '../../../../lessons/index.ts'
import { course } from '../../../../lessons/index.ts'
import type { Text } from '../../../base/text.ts'
import { type CourseState, questionOf } from '../../../course/course-state.ts'
import type { MarkdownBlock } from '../../../course/markdown.ts'
import type { Question } from '../../../course/question.ts'
import { flow, indent } from '../../../show/text/layout.ts'
import { proseWidth, renderCommand, renderProse, renderQuestion } from '../page/page.ts'
import { wrap } from '../page/wrap.ts'
import { readHead, readLesson } from './course-files.ts'
import { exerciseFile, type LessonStudy, openQuestions, questionFor } from './study.ts'

export interface LessonPage {
  readonly blocks: readonly MarkdownBlock[]
  /** the question at its end; the last page may have none */
  readonly question?: string
}

export async function pagesOf(
  { folder, style }: LessonStudy,
  lesson: CourseLesson,
): Promise<LessonPage[]> {
  const { blocks } = await readLesson(folder, lesson, style.language)
  const pages: { blocks: MarkdownBlock[]; question?: string }[] = [{ blocks: [] }]
  for (const block of blocks) {
    const page = pages.at(-1) as (typeof pages)[number]
    page.blocks.push(block)
    if (block.kind !== 'question') continue
    page.question = block.id
    pages.push({ blocks: [] })
  }
  return pages.filter((page) => page.blocks.length > 0)
}

export async function titleLines(
  { folder, style }: LessonStudy,
  lesson: CourseLesson,
): Promise<string[]> {
  const { title, minutes } = await readHead(folder, lesson, style.language)
  const place = style.say({
    en: `lesson ${lesson.number} of ${course.length}, about ${minutes} minutes`,
    zh: `第 ${lesson.number} 课，共 ${course.length} 课，约 ${minutes} 分钟`,
  })
  return [`${style.colors.bold(style.plain(title))}   ${style.colors.dim(place)}`, '']
}

/** A page as lines, its commands run. `asked`: its question is about to be asked in place. */
export async function pageLines(
  study: LessonStudy,
  state: CourseState,
  lesson: CourseLesson,
  page: LessonPage,
  asked = false,
): Promise<string[]> {
  const lines: string[] = []
  for (const block of page.blocks)
    lines.push(...(await blockLines(study, state, lesson, block, asked)), '')
  return lines
}

async function blockLines(
  study: LessonStudy,
  state: CourseState,
  lesson: CourseLesson,
  block: MarkdownBlock,
  asked: boolean,
): Promise<string[]> {
  const { style } = study
  if (block.kind === 'command')
    return renderCommand(block.line, await study.convlab(block.line), style)
  if (block.kind !== 'question') return renderProse(block, style)
  const question = questionFor(state, lesson, block.id)
  const progress = questionOf(state, lesson.name, block.id)
  const lines = renderQuestion(block.id, question, progress, style)
  if (progress.passed || asked) return lines
  const parts = howTo(state, lesson, block.id, question).map((text) => style.say(text))
  const here = flow(parts, style.columns - 2, style.say({ en: ' ', zh: '' }))
  return [
    ...lines,
    ...indent(
      here.map((line) => style.colors.dim(line)),
      '  ',
    ),
  ]
}

/** How this question is answered by command. */
function howTo(state: CourseState, lesson: CourseLesson, id: string, question: Question): Text[] {
  const check = `convlab lesson check ${lesson.name} ${id}`
  if (question.kind !== 'code') return [{ en: `${check} ANSWER`, zh: `${check} 答案` }]
  const file = basename(exerciseFile(state, lesson))
  return [
    { en: `edit ${file}, then:`, zh: `编辑 ${file}，然后：` },
    { en: check, zh: check },
  ]
}

/**
 * What to do now: the question that was just answered wrongly, else the first open one of this
 * lesson, else the next lesson.
 */
export function nextLines(
  { style }: LessonStudy,
  state: CourseState,
  lesson: CourseLesson,
  asked?: string,
): string[] {
  const open = openQuestions(state, lesson)
  const after = nextLesson(state, lesson)
  return wrap(
    nextWords(state, lesson, open, after, asked)[style.language],
    proseWidth(style),
    style,
  )
}

function nextWords(
  state: CourseState,
  { name }: CourseLesson,
  open: readonly string[],
  after: CourseLesson | undefined,
  asked: string | undefined,
): Text {
  const left = open.filter((id) => !questionOf(state, name, id).skipped).length
  const id = asked ?? (left > 0 ? open[0] : undefined)
  if (id !== undefined)
    return {
      en: `${asked ? 'Once more' : 'Next'}: question ${id} (${open.length} open). Stuck? \`convlab lesson hint ${name} ${id}\``,
      zh: `${asked ? '再试一次' : '接下来'}：问题 ${id}（还剩 ${open.length} 题）。卡住了？\`convlab lesson hint ${name} ${id}\``,
    }
  const further = after && {
    en: `\`convlab lesson next\` (${after.name})`,
    zh: `\`convlab lesson next\`（${after.name}）`,
  }
  if (open.length > 0)
    return {
      en: `Skipped, and still open: ${open.join(', ')}. Answer them any time: \`convlab lesson start ${name}\`${further ? `. Next: ${further.en}` : ''}`,
      zh: `跳过了、还没答的：${open.join('、')}。随时可以回来：\`convlab lesson start ${name}\`${further ? `。接下来：${further.zh}` : ''}`,
    }
  if (further)
    return {
      en: `No question of ${name} is open. Next: ${further.en}`,
      zh: `${name} 没有未答的问题了。接下来：${further.zh}`,
    }
  return {
    en: 'That was the last lesson. You have finished the course.',
    zh: '这是最后一课，全部课程已完成。',
  }
}

/** The next lesson behind this one, from the top again at the end, that has open questions. */
export function nextLesson(state: CourseState, lesson: CourseLesson): CourseLesson | undefined {
  const turn = [...course.slice(lesson.number), ...course.slice(0, lesson.number - 1)]
  return turn.find((each) => openQuestions(state, each).length > 0)
}
