// A lesson in a terminal: page by page, questions asked in place. Lines in, lines out: no raw mode,
// so the terminal is never left in an odd state.
import { createInterface } from 'node:readline'
import type { CourseLesson } from '../../../../lessons/index.ts'
import type { Asking, Printing, Streams } from '../../../cli/io.ts'
import { answered, hinted, questionOf, skipped } from '../../../course/course-state.ts'
import type { Assessment, Question } from '../../../course/question.ts'
import { renderVerdict } from '../page/page.ts'
import { hintLines } from './hint.ts'
import { nextLines, pageLines, pagesOf, titleLines } from './show.ts'
import { exerciseFile, judgeFile, type LessonStudy, openQuestions, questionFor } from './study.ts'

/** Whether there is someone to ask. */
export function isInteractive({ stdin, stdout, env }: Printing & Asking): boolean {
  return stdin?.isTTY === true && stdout.isTTY === true && !env.CI
}

/** Why a lesson ended before its end: Ctrl-C, or the wish to stop. */
class Stop extends Error {
  constructor(readonly code: 0 | 130) {
    super('stopped')
  }
}

/** Reads a line; Ctrl-C, Ctrl-D and q end the lesson, and everything is saved by then. */
type Ask = (prompt: string) => Promise<string>

/**
 * Goes through the lesson from its first open question on; with `only`, asks just that one.
 * @returns the exit code
 */
export async function studyInTerminal(
  study: LessonStudy,
  lesson: CourseLesson,
  only?: string,
): Promise<number> {
  const { input, close } = openLines(study.io)
  try {
    if (only !== undefined) await askUntilDone(study, lesson, only, input)
    else await readPages(study, lesson, input)
    await study.say('', ...nextLines(study, await study.load(), lesson))
    return 0
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    await study.say('', ...(error.code === 0 ? [study.style.say(later)] : []))
    return error.code
  } finally {
    close()
  }
}

const later = {
  en: 'All is saved. Go on any time: convlab lesson start',
  zh: '进度已保存。随时可以继续：convlab lesson start',
}

async function readPages(study: LessonStudy, lesson: CourseLesson, input: Ask): Promise<void> {
  const { style } = study
  const pages = await pagesOf(study, lesson)
  const [open] = openQuestions(await study.load(), lesson)
  const first = open === undefined ? 0 : pages.findIndex(({ question }) => question === open)
  await study.say(...(await titleLines(study, lesson)))
  if (first > 0)
    await study.say(
      style.say({
        en: `(page ${first + 1} of ${pages.length}; all of them: convlab lesson show ${lesson.name} | less)`,
        zh: `（第 ${first + 1} 页，共 ${pages.length} 页；看全文：convlab lesson show ${lesson.name} | less）`,
      }),
      '',
    )
  for (const [at, page] of pages.entries()) {
    if (at < first) continue
    const state = await study.load()
    await study.say(...(await pageLines(study, state, lesson, page, true)))
    if (page.question !== undefined && !questionOf(state, lesson.name, page.question).passed)
      await askUntilDone(study, lesson, page.question, input)
    if (at < pages.length - 1)
      await input(
        style.say({
          en: '-- Enter: next page, q: stop here -- ',
          zh: '-- 回车：下一页，q：先停在这里 -- ',
        }),
      )
    await study.say('')
  }
}

async function askUntilDone(
  study: LessonStudy,
  lesson: CourseLesson,
  id: string,
  input: Ask,
): Promise<void> {
  const { style } = study
  for (;;) {
    const state = await study.load()
    const question = questionFor(state, lesson, id)
    const given = await input(style.say(promptFor(question)))
    if (given === 'h') {
      const after = await study.change((known) => hinted(known, lesson.name, id))
      await study.say(...hintLines(question, questionOf(after, lesson.name, id).hints, style))
    } else if (given === 's') {
      await study.change((known) => skipped(known, lesson.name, id))
      return
    } else if (given !== '' || question.kind === 'code') {
      const verdict: Assessment =
        question.kind === 'code'
          ? await judgeFile(study, lesson, question, exerciseFile(state, lesson))
          : question.judge(given)
      await study.change((known) => answered(known, lesson.name, id, verdict))
      await study.say(...renderVerdict(verdict, style))
      if (verdict.status === 'pass') return
    }
  }
}

function promptFor(question: Question) {
  return question.kind === 'code'
    ? {
        en: '[Enter: check my file, h: hint, s: skip, q: stop] > ',
        zh: '[回车：检查我的文件，h：提示，s：跳过，q：停止] > ',
      }
    : { en: '[answer, h: hint, s: skip, q: stop] > ', zh: '[答案，h：提示，s：跳过，q：停止] > ' }
}

function openLines({ stdin, stdout }: Streams & Asking): { input: Ask; close(): void } {
  const lines = createInterface({
    input: stdin as NodeJS.ReadStream,
    output: stdout as NodeJS.WriteStream,
  })
  let stop: ((reason: Stop) => void) | undefined
  let ended: Stop | undefined
  const end = (code: 0 | 130) => {
    ended ??= new Stop(code)
    stop?.(ended)
  }
  lines.on('SIGINT', () => end(130))
  lines.on('close', () => end(0))
  const input: Ask = async (prompt) => {
    const line = await new Promise<string>((resolve, reject) => {
      stop = reject
      if (ended) reject(ended)
      else lines.question(prompt, resolve)
    })
    if (line.trim() === 'q') throw new Stop(0)
    return line.trim()
  }
  return { input, close: () => lines.close() }
}
