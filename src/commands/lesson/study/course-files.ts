// The texts and exercises of the course, as files of the package.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CourseLesson, course } from '../../../../lessons/index.ts'
import { UsageError } from '../../../base/errors.ts'
import type { Language } from '../../../base/text.ts'
import {
  type LessonHead,
  type LessonText,
  parseHead,
  parseLesson,
} from '../../../course/markdown.ts'

export function readLesson(
  folder: string,
  lesson: CourseLesson,
  language: Language,
): Promise<LessonText> {
  return readPart(folder, lesson, `lesson.${language}.md`).then((text) =>
    parseLesson(text, lesson.facts()),
  )
}

/** The title and length of a lesson, without working out what its text quotes. */
export function readHead(
  folder: string,
  lesson: CourseLesson,
  language: Language,
): Promise<LessonHead> {
  return readPart(folder, lesson, `lesson.${language}.md`).then(parseHead)
}

/** @param folder lessons/ */
export function readPart(folder: string, lesson: CourseLesson, file: string): Promise<string> {
  return readFile(join(folder, lesson.folder, file), 'utf8')
}

/** The lesson of that name or number. */
export function findLesson(given: string): CourseLesson | undefined {
  return course.find(
    ({ name, number, folder }) => given === name || given === String(number) || given === folder,
  )
}

export function needLesson(given: string): CourseLesson {
  const lesson = findLesson(given)
  if (lesson) return lesson
  const names = course.map(({ name }) => name).join(', ')
  throw new UsageError({
    en: `no lesson is named ${given}: expected one of ${names}`,
    zh: `没有名为 ${given} 的课：可选 ${names}`,
  })
}
