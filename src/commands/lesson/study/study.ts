// What every lesson command works with: the student's progress, the course's files, and a page.
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CourseLesson, course, questionsFor } from '../../../../lessons/index.ts'
import { UsageError } from '../../../base/errors.ts'
import type { Text } from '../../../base/text.ts'
import type { Asking, Printing, Session } from '../../../cli/io.ts'
import { print } from '../../../cli/print.ts'
import { statePath } from '../../../cli/state-path.ts'
import { styleFor } from '../../../cli/style.ts'
import { judgeCode } from '../../../course/code.ts'
import type { RunCode } from '../../../course/code-run.ts'
import { type CourseState, questionOf, studentOf } from '../../../course/course-state.ts'
import type { Assessment, Question } from '../../../course/question.ts'
import type { Style } from '../../../show/style.ts'
import { paragraph } from '../../../show/text/layout.ts'
import { proseWidth } from '../page/page.ts'
import { readPart } from './course-files.ts'
import { changeState, loadState } from './state-file.ts'

export interface LessonStudy {
  readonly io: Printing & Asking
  readonly style: Style
  /** the folder lessons/ */
  readonly folder: string
  /** the file of the progress */
  readonly path: string
  /** where progress stands, and who learns */
  load(): Promise<CourseState>
  change(change: (state: CourseState) => CourseState): Promise<CourseState>
  /** what a command of convlab prints here, as it would look */
  convlab(line: string): Promise<string>
  readonly runCode: RunCode
  say(...lines: string[]): Promise<void>
}

export async function createStudy(
  { state, student }: { readonly state?: unknown; readonly student?: unknown },
  session: Session,
): Promise<LessonStudy> {
  const { io } = session
  const style = await styleFor(session, io.stdout)
  const path = state === undefined ? statePath(io.env) : resolve(String(state))
  const warn = (text: Text) => void io.stderr.write(`convlab: ${style.say(text)}\n`)
  const asked = (known: CourseState): CourseState =>
    student === undefined ? known : { ...known, student: String(student) }
  if (io.course === undefined) throw new Error('lessons need their files')
  return {
    io,
    style,
    ...io.course,
    path,
    load: async () => asked(await loadState(path, warn)),
    change: (change) => changeState(path, warn, (known) => change(asked(known))),
    async convlab(line) {
      const columns = proseWidth(style) - 2
      const width = ['--width', String(columns), '--lang', style.language]
      const look = [...width, ...(session.look.ascii ? ['--ascii'] : [])]
      const level = style.colors.level
      const { NO_COLOR: _, ...env } = io.env
      const { offload: __, ...surroundings } = io // whose output would be the program's own
      let printed = ''
      const stdout = {
        write(text: string) {
          printed += text
          return true
        },
      }
      // an error is one line, however long
      const stderr = {
        write(text: string) {
          const lines = text.trimEnd().split('\n')
          return stdout.write(`${lines.flatMap((each) => paragraph(each, columns)).join('\n')}\n`)
        },
      }
      await session.run([...line.split(' '), ...look], {
        ...surroundings,
        env: level === 0 ? { ...env, NO_COLOR: '1' } : { ...env, FORCE_COLOR: String(level) },
        stdout,
        stderr,
        progress: io.stderr, // for who waits, not part of the page
      })
      return printed
    },
    say: (...lines) => print(io.stdout, [lines.map((line) => `${line}\n`).join('')]),
  }
}

/** The lesson to go on with: the current one, else the first that is not done. */
export function lessonToResume(state: CourseState): CourseLesson {
  const { current } = studentOf(state)
  const first = course[0] as CourseLesson
  return (
    course.find(({ name }) => name === current) ??
    course.find((lesson) => openQuestions(state, lesson).length > 0) ??
    first
  )
}

/** Ids of questions that are not passed, in their order; those that were skipped come last. */
export function openQuestions(state: CourseState, lesson: CourseLesson): string[] {
  const open = Object.keys(lesson.questions).filter(
    (id) => !questionOf(state, lesson.name, id).passed,
  )
  const isSkipped = (id: string) => questionOf(state, lesson.name, id).skipped
  return [...open.filter((id) => !isSkipped(id)), ...open.filter(isSkipped)]
}

export function questionFor(state: CourseState, lesson: CourseLesson, id: string): Question {
  const question = questionsFor(lesson, state.student).get(id)
  if (question) return question
  const ids = Object.keys(lesson.questions).join(', ')
  throw new UsageError({
    en: `${lesson.name} has no question ${id}: expected one of ${ids}`,
    zh: `${lesson.name} 没有问题 ${id}：可选 ${ids}`,
  })
}

/** The ids of a lesson's questions that are answered by code: functions of its one exercise. */
export function codeQuestionsOf(lesson: CourseLesson): string[] {
  return [...questionsFor(lesson, '')].flatMap(([id, { kind }]) => (kind === 'code' ? [id] : []))
}

/** Where a lesson's exercise is, or will be. */
export function exerciseFile(state: CourseState, lesson: CourseLesson): string {
  return studentOf(state).lessons[lesson.name]?.file ?? resolve(`convlab-${lesson.name}.js`)
}

/** Puts the exercise there unless something is there already; tells whether it did. */
export async function placeExercise(
  { folder }: LessonStudy,
  lesson: CourseLesson,
  file: string,
): Promise<boolean> {
  try {
    await writeFile(file, await readPart(folder, lesson, 'exercise.js'), { flag: 'wx' })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    throw new UsageError({
      en: `${file}: cannot write the exercise there (${code}): go to another folder, or use --file`,
      zh: `${file}：无法写入练习（${code}）：请换一个文件夹，或用 --file`,
    })
  }
}

/** Judges code that is in a file. */
export async function judgeFile(
  study: LessonStudy,
  lesson: CourseLesson,
  question: Extract<Question, { kind: 'code' }>,
  file: string,
): Promise<Assessment> {
  const source = await readFile(file, 'utf8').catch(() => {
    throw new UsageError({
      en: `${file}: expected your exercise there: convlab lesson start ${lesson.name} puts it into this folder, --file names another place`,
      zh: `${file}：这里没有找到练习：convlab lesson start ${lesson.name} 会把它放进当前文件夹，也可以用 --file 指定`,
    })
  })
  return judgeSource(study, lesson, question, source)
}

export async function judgeSource(
  { folder, runCode }: LessonStudy,
  lesson: CourseLesson,
  question: Extract<Question, { kind: 'code' }>,
  source: string,
): Promise<Assessment> {
  const [exercise, solution] = await Promise.all([
    readPart(folder, lesson, 'exercise.js'),
    readPart(folder, lesson, 'solution.js'),
  ])
  return judgeCode(question, source, { exercise, solution }, runCode)
}
