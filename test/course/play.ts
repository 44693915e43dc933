// Lessons played by command, as a learner would: each question wrong first, then right.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type CourseLesson, questionsFor } from '../../lessons/index.ts'
import type { Language } from '../../src/base/text.ts'
import { convlab, folder, freshState, lessonsFolder } from './course.ts'

const words = {
  en: { wrong: 'Not yet.', right: 'Right.' },
  zh: { wrong: '还不对。', right: '答对了。' },
}

/** Text whose lines were broken for a terminal. */
export const oneLine = (text: string) => `${text.trim().replaceAll('\n', ' ')}\n`

/** Plays lessons from the first one of the course on; gives the last answer's output, and the progress. */
export async function play(lessons: readonly CourseLesson[], language: Language) {
  const student = `player-${language}`
  const path = freshState()
  const state = ['--state', path, '--lang', language, '--student', student]
  const said = words[language]
  let output = ''
  const check = async (...args: string[]) => {
    const ran = await convlab('lesson', 'check', ...args, ...state)
    output = ran.out
    return ran
  }
  const wrong = { code: 1, out: expect.stringContaining(said.wrong) }
  const right = { code: 0, out: expect.stringContaining(said.right) }
  for (const [at, lesson] of lessons.entries()) {
    const { name } = lesson
    const file = ['--file', join(folder, `${name}-${language}.js`)]
    const begin = at === 0 ? ['start', ...file] : ['start', name, ...file]
    const shown = await convlab('lesson', ...begin, ...state)
    expect(shown.code, shown.err).toBe(0)
    for (const [id, question] of questionsFor(lesson, student)) {
      const hint = `convlab lesson hint ${name} ${id}\n`
      expect(shown.out).toContain(` ${id}`)
      if (question.kind === 'code') {
        expect(await check(name, id)).toMatchObject(wrong)
        expect(oneLine(output)).toContain(hint)
        const solution = join(lessonsFolder, lesson.folder, 'solution.js')
        expect(await check(name, '--file', solution)).toMatchObject(right)
      } else {
        expect(await check(name, id, question.wrong[0]?.answer ?? '')).toMatchObject(wrong)
        expect(oneLine(output)).toContain(hint)
        expect(await check(id, question.right)).toMatchObject(right)
      }
    }
  }
  const { students } = JSON.parse(readFileSync(path, 'utf8'))
  return { output, state: students[student].lessons as Record<string, unknown> }
}
