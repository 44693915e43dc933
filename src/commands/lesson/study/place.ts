// What words behind a command of the course mean.
import type { CourseLesson } from '../../../../lessons/index.ts'
import type { CourseState } from '../../../course/course-state.ts'
import { findLesson } from './course-files.ts'
import { codeQuestionsOf, lessonToResume, openQuestions } from './study.ts'

/**
 * Reads [lesson] [question] [answer ...]. What is left out is the current lesson and its first open
 * question, or, with a file, the first open one that is answered by code.
 */
export function placeOf(
  words: readonly string[],
  state: CourseState,
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
