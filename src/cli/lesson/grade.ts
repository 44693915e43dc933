// Grading without a terminal: a file of answers in, a results.json out. Progress is left alone.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { UsageError } from '../../errors.ts'
import { type CourseLesson, questionsFor } from '../../lessons/index.ts'
import type { Question, Verdict } from '../../lessons/question.ts'
import { type Grade, resultsOf } from '../../lessons/results.ts'
import { needLesson } from './course-files.ts'
import { judgeSource, questionFor, type Study } from './study.ts'

/** What a student hands in. An answer is text, a number, a list of them, or { code } or { file }. */
interface Answers {
  readonly student: string
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/**
 * Grades every question of the lessons that the file answers.
 * @returns the exit code: 0 if all are right, else 1
 */
export async function grade(
  study: Study,
  {
    answersFile,
    resultsFile,
    student,
  }: { answersFile: string; resultsFile?: string; student?: string },
): Promise<0 | 1> {
  const handedIn = await readAnswers(answersFile)
  const id = student ?? handedIn.student
  const grades: Grade[] = []
  for (const [name, answers] of Object.entries(handedIn.answers)) {
    const lesson = needLesson(name)
    for (const question of Object.keys(answers))
      questionFor({ version: 1, student: id, students: {} }, lesson, question)
    for (const [question, asked] of questionsFor(lesson, id))
      grades.push({
        lesson: lesson.name,
        taskId: lesson.taskId,
        question,
        asked: asked.ask[study.style.language],
        verdict: await judge(study, lesson, asked, answers[question], dirname(answersFile)),
      })
  }
  const results = resultsOf(grades, study.style.language)
  const text = `${JSON.stringify(results, null, 2)}\n`
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
  return results.status === 'pass' ? 0 : 1
}

/** Whole or not at all; into a pipe or a device it is written, never put in its place. */
async function writeResults(path: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  await (found === undefined || found.isFile() ? writeFileAtomic : writeFile)(path, text)
}

async function judge(
  study: Study,
  lesson: CourseLesson,
  question: Question,
  answer: unknown,
  folder: string,
): Promise<Verdict | undefined> {
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
  const source = await readFile(resolve(folder, file), 'utf8').catch(() => '')
  return judgeSource(study, lesson, question, source)
}

async function readAnswers(path: string): Promise<Answers> {
  const text = await readFile(path, 'utf8').catch(({ code }) => {
    throw badAnswers(path, { en: `it cannot be read (${code})`, zh: `无法读取（${code}）` })
  })
  let value: { student?: unknown; answers?: unknown }
  try {
    value = JSON.parse(text)
  } catch {
    throw badAnswers(path, { en: 'it is not JSON', zh: '不是 JSON' })
  }
  const { student = '', answers } = value ?? {}
  const isRecord = (each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
  if (
    typeof student !== 'string' ||
    !isRecord(answers) ||
    !Object.values(answers as object).every(isRecord)
  )
    throw badAnswers(path, { en: 'it has another form', zh: '格式不对' })
  return { student, answers: answers as Answers['answers'] }
}

function badAnswers(path: string, why: { en: string; zh: string }): UsageError {
  const form = '{ "student": "ID", "answers": { "LESSON": { "QUESTION": "ANSWER" } } }'
  return new UsageError({
    en: `--answers ${path}: ${why.en}: expected ${form}`,
    zh: `--answers ${path}：${why.zh}：应为 ${form}`,
  })
}
