// What Tab may put behind the commands of the course.
import { course } from '../../../lessons/index.ts'

const names = course.map(({ name }) => name)

export const lessonNames = (): readonly string[] => names

/** Lessons with commas between them: the list so far, with any lesson behind it. */
export function lessonLists(words: readonly string[]): readonly string[] {
  const typed = words.at(-1) ?? ''
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  return names.map((name) => before + name)
}

/** A lesson, or behind a lesson one of its questions; an answer is not suggested. */
export function lessonPlaces(words: readonly string[]): readonly string[] {
  const typed = words.slice(0, -1)
  const lesson = course.find(({ name }) => typed.includes(name))
  if (lesson === undefined) return names
  const ids = Object.keys(lesson.questions)
  return ids.some((id) => typed.includes(id)) ? [] : ids
}
