// convlab lesson check: an answer judged, and kept.
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CourseLesson } from '../../../../lessons/index.ts'
import { UsageError } from '../../../base/errors.ts'
import { answered, type CourseState } from '../../../course/course-state.ts'
import { renderVerdict } from '../page/page.ts'
import { placeOf } from './place.ts'
import { nextLines } from './show.ts'
import { exerciseFile, judgeFile, type LessonStudy, questionFor } from './study.ts'
import { isInteractive, studyInTerminal } from './terminal.ts'

/**
 * @param words [lesson] [question] [answer ...]
 * @param file of code, if it is not the exercise's own
 * @returns the exit code
 */
export async function checkAnswer(
  study: LessonStudy,
  words: readonly string[],
  file: string | undefined,
): Promise<number> {
  const before = await study.load()
  const { lesson, id, answer } = placeOf(words, before, file !== undefined)
  const question = questionFor(before, lesson, id)
  if (question.kind !== 'code' && answer === '') {
    if (isInteractive(study.io)) return studyInTerminal(study, lesson, id)
    throw noAnswer(lesson, id)
  }
  const verdict =
    question.kind === 'code'
      ? await judgeFile(study, lesson, question, await codeFile(before, lesson, file ?? answer))
      : question.judge(answer)
  const state = await study.change((known) => answered(known, lesson.name, id, verdict))
  const asked = verdict.status === 'pass' ? undefined : id
  const next = nextLines(study, state, lesson, asked)
  await study.say(...renderVerdict(verdict, study.style), '', ...next)
  return verdict.status === 'pass' ? 0 : 1
}

/** The file that was named, else the exercise's own. */
async function codeFile(state: CourseState, lesson: CourseLesson, named: string): Promise<string> {
  if (named !== '') return resolve(named)
  const file = exerciseFile(state, lesson)
  const here = resolve(`convlab-${lesson.name}.js`)
  return access(file).then(
    () => file,
    () => here,
  )
}

function noAnswer(lesson: CourseLesson, id: string): UsageError {
  const check = `convlab lesson check ${lesson.name} ${id}`
  return new UsageError({
    en: `${id}: expected an answer behind it: ${check} ANSWER`,
    zh: `${id}：后面缺答案：${check} 答案`,
  })
}
