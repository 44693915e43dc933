// The whole course, played by command.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { languages } from '../../src/base/text.ts'
import type { LineQuestion } from '../../src/course/question.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab, convlabIn, freshState, lessonsFolder } from './course.ts'
import { oneLine, play } from './play.ts'

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

it('skipped questions stay open: last in their lesson, and before the course is finished', async () => {
  const state = ['--state', freshState()]
  const [first] = course as [(typeof course)[0]]
  const skip = await convlab('lesson', 'skip', 'one-pixel', 'pixel', ...state)
  expect(oneLine(skip.out)).toContain('Next: question place (4 open)')
  for (const lesson of course)
    for (const [id, question] of questionsFor(lesson, '')) {
      const solution = join(lessonsFolder, lesson.folder, 'solution.js')
      const given = question.kind === 'code' ? ['--file', solution] : [question.right]
      if (lesson !== first || id !== 'pixel')
        await convlab('lesson', 'check', lesson.name, id, ...given, ...state)
    }
  const left = await convlab('lesson', 'next', ...state)
  expect(left.out).toContain('lesson 1 of')
  expect(oneLine(left.out)).toContain(
    'Skipped, and still open: pixel. Answer them any time: convlab lesson start one-pixel\n',
  )
  const pixel = questionsFor(first, '').get('pixel') as LineQuestion
  const { out } = await convlab('lesson', 'check', pixel.right, ...state)
  expect(out).toContain('You have finished the course.')
})

it('the progress of a long command stays out of the lesson', async () => {
  let now = 0
  const slow = { clock: () => (now += 1000) }
  const { out, err } = await convlabIn(slow, 'lesson', 'show', 'does-it-help')
  expect(err).toMatch(/^\d+% \d of 9 runs/)
  expect(out).toContain('$ convlab experiment filter')
  expect(out).not.toMatch(/\d of 9 runs/)
})
