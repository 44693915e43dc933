// What each `convlab lesson ...` does. Every action gives the exit code.
import { access, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../../errors.ts'
import { type CourseLesson, course } from '../../lessons/index.ts'
import {
  answered,
  hinted,
  merged,
  questionOf,
  reset,
  type State,
  skipped,
  started,
  studentOf,
} from '../../lessons/progress.ts'
import { readState, writeState } from '../../lessons/state-format.ts'
import { renderList } from '../../render/lesson/list.ts'
import { renderVerdict } from '../../render/lesson/page.ts'
import { findLesson, needLesson, readHead } from './course-files.ts'
import { grade } from './grade.ts'
import { hintLines } from './hint.ts'
import { nextLesson, nextLines, pageLines, pagesOf, titleLines } from './show.ts'
import {
  codeQuestionsOf,
  exerciseFile,
  judgeFile,
  lessonToResume,
  openQuestions,
  placeExercise,
  questionFor,
  type Study,
} from './study.ts'
import { isInteractive, studyInTerminal } from './terminal.ts'

type Options = Readonly<Record<string, string | boolean | undefined>>
type Action = (study: Study, words: readonly string[], options: Options) => Promise<number>
export type Actions = Readonly<
  Record<'start' | 'next' | 'show' | 'check' | 'hint' | 'skip' | 'reset', Action>
>

export const actions: Actions = {
  async start(study, [name], { file }) {
    const lesson = name === undefined ? lessonToResume(await study.load()) : needLesson(name)
    return begin(study, lesson, file as string | undefined)
  },

  async next(study) {
    const state = await study.load()
    const current = studentOf(state).current
    const lesson =
      current === undefined ? lessonToResume(state) : nextLesson(state, needLesson(current))
    if (lesson) return begin(study, lesson)
    await study.say(...nextLines(study, state, lessonToResume(state)))
    return 0
  },

  async show(study, [name]) {
    const state = await study.load()
    await showAll(study, state, name === undefined ? lessonToResume(state) : needLesson(name))
    return 0
  },

  async check(study, words, { answers, results, student, file }) {
    if (answers !== undefined) {
      const names = { answersFile: resolve(answers as string) }
      return grade(study, {
        ...names,
        ...(results !== undefined && { resultsFile: resolve(results as string) }),
        ...(student !== undefined && { student: student as string }),
      })
    }
    if (results !== undefined) throw resultsAlone()
    return checkAnswer(study, words, file as string | undefined)
  },

  async hint(study, words) {
    const { lesson, id } = placeOf(words, await study.load())
    const state = await study.change((known) => hinted(known, lesson.name, id))
    const { hints } = questionOf(state, lesson.name, id)
    await study.say(...hintLines(questionFor(state, lesson, id), hints, study.style))
    return 0
  },

  async skip(study, words) {
    const { lesson, id } = placeOf(words, await study.load())
    const state = await study.change((known) => skipped(known, lesson.name, id))
    await study.say(
      study.style.say({
        en: `${id} is skipped, which is not passed: answer it whenever you like.`,
        zh: `已跳过 ${id}。跳过不算答对，随时可以回来作答。`,
      }),
      ...nextLines(study, state, lesson),
    )
    return 0
  },

  async reset(study, [name], { all }) {
    if ((name === undefined) === (all === undefined)) throw resetWhat()
    const lesson = name === undefined ? undefined : needLesson(name)
    await study.change((known) => reset(known, lesson?.name))
    const what = lesson
      ? { en: lesson.name, zh: lesson.name }
      : { en: 'Every lesson', zh: '全部课程' }
    await study.say(
      study.style.say({
        en: `${what.en} starts anew; your exercise files stay.`,
        zh: `${what.zh}已重置；你的练习文件都还在。`,
      }),
    )
    return 0
  },
}

/** convlab lesson: every lesson with its progress. */
export async function list(study: Study): Promise<number> {
  const state = await study.load()
  const lines = await Promise.all(
    course.map(async (lesson) => {
      const { title, minutes } = await readHead(study.files, lesson, study.style.language)
      return {
        number: lesson.number,
        name: lesson.name,
        title,
        minutes,
        current: studentOf(state).current === lesson.name,
        questions: Object.keys(lesson.questions).map((id) => questionOf(state, lesson.name, id)),
      }
    }),
  )
  await study.say(renderList(lines, study.style).trimEnd())
  return 0
}

/** convlab lesson progress export|import|path */
export async function progress(
  study: Study,
  what: 'export' | 'import' | 'path',
  [file]: readonly string[],
): Promise<number> {
  if (what === 'path') await study.say(study.path)
  else if (what === 'export') await study.say(writeState(await study.load()).trimEnd())
  else {
    const text = await readFile(resolve(file as string), 'utf8').catch(() => '')
    const read = readState(text)
    if (!('state' in read)) throw notProgress(file as string, read.fault)
    await study.change((known) => merged(known, read.state))
    await study.say(
      study.style.say({
        en: 'Added. Nothing that was reached here or there is lost.',
        zh: '已并入，两边取得的进度都保留。',
      }),
    )
  }
  return 0
}

async function begin(study: Study, lesson: CourseLesson, file?: string): Promise<number> {
  const hasCode = codeQuestionsOf(lesson).length > 0
  const place = hasCode
    ? file === undefined
      ? exerciseFile(await study.load(), lesson)
      : resolve(file)
    : undefined
  const placed = place !== undefined && (await placeExercise(study, lesson, place))
  const state = await study.change((known) => started(known, lesson.name, place))
  if (placed)
    await study.say(
      study.style.say({ en: `Your exercise: ${place}`, zh: `练习文件：${place}` }),
      '',
    )
  if (isInteractive(study.io)) return studyInTerminal(study, lesson)
  await showAll(study, state, lesson)
  await study.say(...nextLines(study, state, lesson))
  return 0
}

async function showAll(study: Study, state: State, lesson: CourseLesson): Promise<void> {
  await study.say(...(await titleLines(study, lesson)))
  for (const page of await pagesOf(study, lesson))
    await study.say(...(await pageLines(study, state, lesson, page)))
}

async function checkAnswer(
  study: Study,
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
  await study.say(...renderVerdict(verdict, study.style), '', ...nextLines(study, state, lesson))
  return verdict.status === 'pass' ? 0 : 1
}

/** The file that was named, else the exercise's own. */
async function codeFile(state: State, lesson: CourseLesson, named: string): Promise<string> {
  if (named !== '') return resolve(named)
  const file = exerciseFile(state, lesson)
  const here = resolve(`convlab-${lesson.name}.js`)
  return access(file).then(
    () => file,
    () => here,
  )
}

/**
 * Reads [lesson] [question] [answer ...]. What is left out is the current lesson and its first open
 * question, or, with a file, the first open one that is answered by code.
 */
function placeOf(
  words: readonly string[],
  state: State,
  withFile = false,
): { lesson: CourseLesson; id: string; answer: string } {
  const rest = [...words]
  const current = lessonToResume(state)
  const inCurrent = rest[0] !== undefined && rest[0] in current.questions
  const named =
    rest[0] === undefined || inCurrent || isNumber(rest[0]) ? undefined : findLesson(rest[0])
  if (named) rest.shift()
  const lesson = named ?? current
  const ids = Object.keys(lesson.questions)
  const fitting = withFile ? codeQuestionsOf(lesson) : ids
  const open = openQuestions(state, lesson).find((each) => fitting.includes(each))
  const usual = open ?? fitting.at(-1)
  const id = rest[0] !== undefined && rest[0] in lesson.questions ? rest.shift() : usual
  return { lesson, id: id as string, answer: rest.join(' ').trim() }
}

/** A number alone is an answer, not the place of a lesson. */
function isNumber(word: string): boolean {
  return /^\d+$/.test(word)
}

function noAnswer(lesson: CourseLesson, id: string): UsageError {
  const check = `convlab lesson check ${lesson.name} ${id}`
  return new UsageError({
    en: `${id}: expected an answer behind it: ${check} ANSWER`,
    zh: `${id}：后面缺答案：${check} 答案`,
  })
}

function resultsAlone(): UsageError {
  return new UsageError({
    en: '--results: expected together with --answers FILE: add it, or leave --results out',
    zh: '--results：要与 --answers FILE 合用：请加上，或去掉 --results',
  })
}

function resetWhat(): UsageError {
  return new UsageError({
    en: 'reset: expected either a lesson or --all: convlab lesson reset one-pixel',
    zh: 'reset：应给出一课的名字或 --all：convlab lesson reset one-pixel',
  })
}

function notProgress(file: string, fault: 'newer' | 'corrupt'): UsageError {
  return fault === 'newer'
    ? new UsageError({
        en: `${file} was written by a newer convlab: update convlab to import it`,
        zh: `${file} 由更新版本的 convlab 写成：请升级 convlab 后再导入`,
      })
    : new UsageError({
        en: `${file}: expected a file made by convlab lesson progress export`,
        zh: `${file}：应为 convlab lesson progress export 导出的文件`,
      })
}
