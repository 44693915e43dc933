// Which lessons a hand-in is to answer: those that --lessons names.
import { readFile } from 'node:fs/promises'
import { UsageError } from '../../errors.ts'
import { type CourseLesson, course } from '../../lessons/index.ts'
import type { Text } from '../../text.ts'
import { unknownName } from '../../unknown.ts'
import { findLesson } from './course-files.ts'

/**
 * @param given names with commas between them, or a file of names; without it the whole course is due
 * @returns the lessons in the course's order
 * @throws {UsageError} if a name is no lesson's, or there is none
 */
export async function dueLessons(given: string | undefined): Promise<readonly CourseLesson[]> {
  if (given === undefined) return course
  const names = namesIn(given)
  const fromFile = names.every((name) => findLesson(name)) ? undefined : await namesInFile(given)
  return lessonsOf(fromFile ?? names, given, fromFile !== undefined)
}

function lessonsOf(names: readonly string[], given: string, inFile: boolean): CourseLesson[] {
  const known = course.map(({ name }) => name)
  const lessons = names.map((name) => {
    const lesson = findLesson(name)
    if (lesson) return lesson
    const { en, zh } = unknownName({ en: 'lesson', zh: '课' }, name, known).text
    throw badLessons(
      given,
      inFile
        ? { en, zh }
        : { en: `${en}, or a file of names`, zh: `${zh}，也可以是写有课名的文件` },
    )
  })
  if (lessons.length === 0)
    throw badLessons(given, {
      en: 'it names no lesson: expected names such as mixing,batch',
      zh: '没有写课名：应为课名，例如 mixing,batch',
    })
  return course.filter(({ name }) => lessons.some((lesson) => lesson.name === name))
}

async function namesInFile(path: string): Promise<string[] | undefined> {
  const text = await readFile(path, 'utf8').catch(({ code }) => {
    if (code === 'ENOENT') return undefined
    throw badLessons(path, {
      en: `it cannot be read (${code}): expected names of lessons, or a file of them`,
      zh: `无法读取（${code}）：应为课名，或写有课名的文件`,
    })
  })
  return text === undefined ? undefined : namesIn(text)
}

function namesIn(text: string): string[] {
  return text.split(/[\s,，、]+/).filter((name) => name !== '')
}

function badLessons(given: string, why: Text): UsageError {
  return new UsageError({
    en: `--lessons ${given}: ${why.en}`,
    zh: `--lessons ${given}：${why.zh}`,
  })
}
