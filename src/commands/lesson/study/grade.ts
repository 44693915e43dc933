// Grading without a terminal: a file of answers in, a results.json out. Progress is left alone.
import { stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { type CourseLesson, questionsFor } from '../../../../lessons/index.ts'
import { UsageError } from '../../../base/errors.ts'
import type { Assessment, Question } from '../../../course/question.ts'
import { type Grade, resultsOf } from '../../../course/results.ts'
import { needLesson } from './course-files.ts'
import { dueLessons } from './due.ts'
import { readHandedIn, readHandIn } from './hand-in.ts'
import { judgeSource, type LessonStudy, questionFor } from './study.ts'

/** How a hand-in is graded. */
export interface Grading {
  readonly answersFile: string
  /** without it the grades are printed */
  readonly resultsFile?: string
  /** who handed it in, whatever it says itself */
  readonly student?: string
  /** what is due, as --lessons has it; the whole course without it */
  readonly lessons?: string
}

/**
 * Grades every question of the lessons that are due: what is not answered is not right.
 * @returns whether all are right
 */
export async function grade(
  study: LessonStudy,
  { answersFile, resultsFile, student, lessons }: Grading,
): Promise<boolean> {
  const due = await dueLessons(lessons)
  const handedIn = await readHandIn(answersFile)
  const id = student ?? handedIn.student
  for (const [name, answers] of handedIn.answers)
    for (const question of Object.keys(answers))
      questionFor({ version: 1, student: id, students: {} }, needLesson(name), question)
  const grades: Grade[] = []
  for (const lesson of due) {
    const answers = handedIn.answers.get(lesson.name)
    for (const [question, asked] of questionsFor(lesson, id))
      grades.push({
        lesson: lesson.name,
        taskId: lesson.taskId,
        question,
        asked: asked.ask[study.style.language],
        verdict: await judge(study, lesson, asked, answers?.[question], dirname(answersFile)),
      })
  }
  const results = resultsOf(grades, study.style.language)
  const text = `${JSON.stringify(results, wellFormed, 2)}\n`
  if (resultsFile === undefined) await study.io.stdout.write(text)
  else {
    await writeResults(resultsFile, text).catch(({ code }) => {
      throw new UsageError({
        en: `--results ${resultsFile}: cannot be written (${code}): expected a file in a folder that exists`,
        zh: `--results ${resultsFile}：无法写入（${code}）：应为已有文件夹中的文件`,
      })
    })
    const right = results.tests.filter(({ status }) => status === 'pass').length
    await study.say(
      study.style.say({
        en: `${right} of ${results.tests.length} right: ${resultsFile}`,
        zh: `${results.tests.length} 题中答对 ${right} 题：${resultsFile}`,
      }),
    )
  }
  return results.status === 'pass'
}

/** Halves of characters, which code can make and answers can hold, are no text to many readers. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}

/** Whole or not at all; into a pipe or a device it is written, never put in its place. */
async function writeResults(path: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  await (found === undefined || found.isFile() ? writeFileAtomic : writeFile)(path, text)
}

async function judge(
  study: LessonStudy,
  lesson: CourseLesson,
  question: Question,
  answer: unknown,
  folder: string,
): Promise<Assessment | undefined> {
  if (answer === undefined || answer === null) return undefined
  if (question.kind !== 'code')
    return question.judge(Array.isArray(answer) ? answer.flat(9).join(', ') : String(answer))
  const { code, file } = answer as { code?: unknown; file?: unknown }
  if (typeof code === 'string') return judgeSource(study, lesson, question, code)
  if (typeof file !== 'string')
    throw new UsageError({
      en: `${lesson.name}: expected code as { "code": "..." } or { "file": "..." }`,
      zh: `${lesson.name}：代码应写成 { "code": "..." } 或 { "file": "..." }`,
    })
  const read = await readHandedIn(folder, file)
  if (typeof read !== 'string') return { status: 'error', says: read }
  return judgeSource(study, lesson, question, read)
}
