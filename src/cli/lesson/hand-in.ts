// What a student hands in: a JSON file of answers, and files of code beside it.
import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { Text } from '../../text.ts'
import { needLesson } from './course-files.ts'

/** An answer is text, a number, a list of them, or { code } or { file }. */
export type Answers = Readonly<Record<string, unknown>>

export interface HandIn {
  readonly student: string
  /** by the lesson's name, then by question */
  readonly answers: ReadonlyMap<string, Answers>
}

/** No exercise's code comes near it. */
const MOST_BYTES = 2 ** 20

/** @throws {UsageError} if the file is no hand-in, or names a lesson that is not in the course */
export async function readHandIn(path: string): Promise<HandIn> {
  const text = await readFile(path, 'utf8').catch(({ code }) => {
    throw badHandIn(path, { en: `it cannot be read (${code})`, zh: `无法读取（${code}）` })
  })
  let value: { student?: unknown; answers?: unknown }
  try {
    value = JSON.parse(text)
  } catch {
    throw badHandIn(path, { en: 'it is not JSON', zh: '不是 JSON' })
  }
  const { student = '', answers } = value ?? {}
  if (typeof student !== 'string' || !isRecord(answers) || !Object.values(answers).every(isRecord))
    throw badHandIn(path, { en: 'it has another form', zh: '格式不对' })
  const byLesson = new Map<string, Answers>()
  for (const [given, ofLesson] of Object.entries(answers)) {
    const { name } = needLesson(given)
    if (byLesson.has(name))
      throw badHandIn(path, { en: `${name} is there twice`, zh: `${name} 出现了两次` })
    byLesson.set(name, ofLesson as Answers)
  }
  return { student, answers: byLesson }
}

/**
 * The text of a file that is handed in. It may not leave the hand-in's folder, not even by a link:
 * what others handed in, and the rest of the machine, is neither the student's work nor theirs to see.
 * @param folder the hand-in's
 * @param file as the hand-in names it
 * @returns the text, or in words why there is none
 */
export async function readHandedIn(folder: string, file: string): Promise<string | Text> {
  const name = (file || '.').replace(/\p{Cc}/gu, '?')
  const path = await realPathOf(resolve(folder, file))
  const way = relative(await realpath(folder), path)
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    return {
      en: `${name} lies outside the hand-in's folder: expected a file beside the answers`,
      zh: `${name} 在提交的文件夹之外：应为答案文件旁边的文件`,
    }
  try {
    const found = await stat(path)
    if (!found.isFile())
      return {
        en: `${name} is not a regular file: expected a file with code`,
        zh: `${name} 不是普通文件：应为一份代码文件`,
      }
    if (found.size > MOST_BYTES)
      return {
        en: `${name} is larger than ${MOST_BYTES} bytes: expected a file with code`,
        zh: `${name} 超过 ${MOST_BYTES} 字节：应为一份代码文件`,
      }
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return {
        en: `${name} is missing: expected it in the hand-in's folder`,
        zh: `缺少 ${name}：它应在提交的文件夹里`,
      }
    return {
      en: `${name} cannot be read (${code}): expected a file with code`,
      zh: `${name} 无法读取（${code}）：应为一份代码文件`,
    }
  }
}

/** Where a path leads; where nothing is, where its folder leads. */
async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realPathOf(dirname(path)), basename(path)))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function badHandIn(path: string, why: Text): UsageError {
  const form = '{ "student": "ID", "answers": { "LESSON": { "QUESTION": "ANSWER" } } }'
  return new UsageError({
    en: `--answers ${path}: ${why.en}: expected ${form}`,
    zh: `--answers ${path}：${why.zh}：应为 ${form}`,
  })
}
