// What each `convlab lesson ...` does. Every action gives the exit code.
import { resolve } from 'node:path'
import type { CourseLesson } from '../../../../lessons/index.ts'
import { UsageError } from '../../../base/errors.ts'
import {
  type CourseState,
  hinted,
  questionOf,
  reset,
  skipped,
  started,
  studentOf,
} from '../../../course/course-state.ts'
import { checkAnswer } from './check.ts'
import { needLesson } from './course-files.ts'
import { grade } from './grade.ts'
import { hintLines } from './hint.ts'
import { placeOf } from './place.ts'
import { nextLesson, nextLines, pageLines, pagesOf, titleLines } from './show.ts'
import {
  codeQuestionsOf,
  exerciseFile,
  type LessonStudy,
  lessonToResume,
  placeExercise,
  questionFor,
} from './study.ts'
import { isInteractive, studyInTerminal } from './terminal.ts'

type Options = Readonly<Record<string, string | boolean | undefined>>
type Action = (study: LessonStudy, words: readonly string[], options: Options) => Promise<number>
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

  async check(study, words, options) {
    const { answers, results, lessons, exercism, student, file } = options
    if (answers !== undefined) {
      const right = await grade(study, {
        answersFile: resolve(answers as string),
        ...(results !== undefined && { resultsFile: resolve(results as string) }),
        ...(student !== undefined && { student: student as string }),
        ...(lessons !== undefined && { lessons: lessons as string }),
      })
      return right || exercism ? 0 : 1
    }
    const alone = ['results', 'lessons', 'exercism'].find((name) => options[name] !== undefined)
    if (alone !== undefined) throw withoutAnswers(`--${alone}`)
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
        en: `${id} is skipped and stays open: answer it whenever you like.`,
        zh: `已跳过 ${id}，仍算未答，随时可以回来作答。`,
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

async function begin(study: LessonStudy, lesson: CourseLesson, file?: string): Promise<number> {
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

async function showAll(
  study: LessonStudy,
  state: CourseState,
  lesson: CourseLesson,
): Promise<void> {
  await study.say(...(await titleLines(study, lesson)))
  for (const page of await pagesOf(study, lesson))
    await study.say(...(await pageLines(study, state, lesson, page)))
}

function withoutAnswers(flag: string): UsageError {
  return new UsageError({
    en: `${flag}: expected together with --answers FILE: add it, or leave ${flag} out`,
    zh: `${flag}：要与 --answers FILE 合用：请加上，或去掉 ${flag}`,
  })
}

function resetWhat(): UsageError {
  return new UsageError({
    en: 'reset: expected either a lesson or --all: convlab lesson reset one-pixel',
    zh: 'reset：应给出一课的名字或 --all：convlab lesson reset one-pixel',
  })
}
