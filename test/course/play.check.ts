// The whole course, played by command.
import { expect, it } from 'vitest'
import { course } from '../../lessons/index.ts'
import { languages } from '../../src/base/text.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab, freshState } from './course.ts'
import { play } from './play.ts'

const last = { en: 'finished the course', zh: '全部课程已完成' }

it.each(languages)(
  'the course is played to the end, and is finished then (%s)',
  async (language) => {
    const { output, state } = await play(course, language)
    expect(output).toContain(last[language])
    expect(Object.keys(state)).toEqual(course.map(({ name }) => name))
  },
)

it('the course, with hints and skips, is listed in 80 columns', async () => {
  const state = ['--state', freshState()]
  for (const { name, questions } of course)
    for (const id of Object.keys(questions)) {
      await convlab('lesson', 'hint', name, id, ...state)
      await convlab('lesson', 'skip', name, id, ...state)
    }
  for (const language of languages) {
    const { out } = await convlab('lesson', ...state, '--lang', language)
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
    expect(out).toMatch(/temperature .* 0\/5 +5 +5\n/)
  }
})

it.each(languages)(
  'a lesson says in 80 columns how a question is answered (%s)',
  async (language) => {
    for (const { name, questions } of course) {
      const { out } = await convlab('lesson', 'show', name, '--lang', language)
      const lines = out.split('\n').filter((line) => line.includes(`lesson check ${name}`))
      expect(lines.length).toBe(Object.keys(questions).length)
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([])
    }
  },
)
