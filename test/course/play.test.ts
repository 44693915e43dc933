// The course, played by command.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { languages } from '../../src/base/text.ts'
import { widthOf } from '../../src/show/text/layout.ts'
import { convlab, folder, freshState } from './course.ts'
import { oneLine, play } from './play.ts'

it.each(languages)('the first lessons are played to the end (%s)', async (language) => {
  const lessons = course.slice(0, 2)
  const { state } = await play(lessons, language)
  expect(Object.keys(state)).toEqual(lessons.map(({ name }) => name))
})

it('the course goes on where it stopped, and never by itself', async () => {
  const state = ['--state', freshState()]
  const [first, second] = course
  expect((await convlab('lesson', ...state)).out).toContain('Begin: convlab lesson start one-pixel')
  await convlab('lesson', 'start', ...state)
  for (const [id, question] of questionsFor(first as (typeof course)[0], ''))
    await convlab('lesson', 'check', id, question.kind === 'code' ? '' : question.right, ...state)
  const again = await convlab('lesson', 'start', '--file', join(folder, 'a.js'), ...state)
  expect(again.out).toContain('lesson 1 of')
  expect(again.out).toContain(`convlab lesson next (${second?.name})`)
})

it('a question gives two hints, then the solution, and remembers them', async () => {
  const state = ['--state', freshState()]
  const [hint1, hint2, solution, again] = [
    await convlab('lesson', 'hint', 'one-pixel', 'pixel', ...state),
    await convlab('lesson', 'hint', 'pixel', ...state),
    await convlab('lesson', 'hint', ...state),
    await convlab('lesson', 'hint', ...state),
  ]
  expect(hint1.out).toContain('Hint 1 of 2')
  expect(hint2.out).toContain('Hint 2 of 2')
  expect(solution.out).toContain('Worked solution')
  expect(again.out).toBe(solution.out)
  expect((await convlab('lesson', ...state)).out).toMatch(/one-pixel .* 0\/4 +3\n/)
})

it('a question is skipped without passing, and forgotten when told', async () => {
  const state = ['--state', freshState()]
  await convlab('lesson', 'skip', 'one-pixel', 'word', ...state)
  expect((await convlab('lesson', ...state)).out).toMatch(/one-pixel .* 0\/4 +1\n/)
  await convlab('lesson', 'check', 'one-pixel', 'word', 'correlation', ...state)
  expect((await convlab('lesson', ...state)).out).toMatch(/one-pixel .* 1\/4\n/)
  await convlab('lesson', 'reset', 'one-pixel', ...state)
  expect((await convlab('lesson', ...state)).out).toMatch(/one-pixel .* 0\/4\n/)
})

it('the course offers the hint of the question that was answered wrongly', async () => {
  const state = ['--state', freshState()]
  for (const given of ['flip', 'nonsense']) {
    const { out } = await convlab('lesson', 'check', 'one-pixel', 'word', given, ...state)
    expect(oneLine(out)).toContain(
      'Once more: question word (4 open). Stuck? convlab lesson hint one-pixel word\n',
    )
  }
  const { out } = await convlab('lesson', 'check', 'one-pixel', 'word', 'correlation', ...state)
  expect(oneLine(out)).toContain('Next: question pixel (3 open)')
})

it.each([
  ['few lines', 'console.log("one"); console.log("two")', ['your code printed:', '  one', '  two']],
  [
    'many long ones',
    'for (let n = 0; n < 99; n++) console.log("x".repeat(200))',
    ['your code printed, in its first 10 lines:', ...Array(10).fill(`  ${'x'.repeat(78)}`)],
  ],
])('a learner is shown what code prints before the verdict: %s', async (_, printing, lines) => {
  const file = join(folder, 'printing.js')
  writeFileSync(
    file,
    `let done = false
export function mix() {
  if (!done) { ${printing} }
  done = true
}`,
  )
  const check = ['lesson', 'check', 'mixing', '--file', file, '--state', freshState()]
  const { out } = await convlab(...check)
  const said = out.split('\n')
  expect(said.slice(0, lines.length + 2)).toEqual([...lines, '', 'Not yet.'])
  expect(said[lines.length + 2]).toContain('mix([0.25, 0.75], [[')
})

it.each(languages)(
  'the course breaks the error that a command of the lesson ends in (%s)',
  async (language) => {
    const { out } = await convlab('lesson', 'show', 'batch', '--lang', language)
    const lines = out.split('\n')
    expect(lines.some((line) => line.startsWith('  RuntimeError: Given groups=2'))).toBe(true)
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([])
  },
)

it('what is no answer counts as none', async () => {
  const state = ['--state', freshState()]
  const odd = await convlab('lesson', 'check', 'one-pixel', 'pixel', 'banana', ...state)
  expect(odd.code).toBe(1)
  expect(odd.out).toContain('Given banana, expected a whole number')
  const { out } = await convlab('lesson', 'progress', 'export', ...state)
  expect(JSON.parse(out).students).toEqual({})
})

it.each([
  [['start', 'nonsense'], 'no lesson is named nonsense'],
  [['check', 'one-pixel', 'pixel'], 'expected an answer behind it'],
  [['check', '--results', 'r.json'], 'expected together with --answers'],
  [['check', '--answers', 'missing.json'], 'cannot be read (ENOENT)'],
  [['reset'], 'expected either a lesson or --all'],
  [['progress', 'import', 'missing.json'], 'made by convlab lesson progress export'],
  [['nonsense'], 'nonsense'],
])('convlab lesson refuses %s in one line', async (args, message) => {
  const { code, out, err } = await convlab('lesson', ...args, '--state', freshState())
  expect(err).toContain(message)
  expect(err.match(/\n/g)).toHaveLength(1)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

it('a lesson gives every student numbers of their own, always the same', () => {
  const [lesson] = course as [(typeof course)[0]]
  const asked = (student: string) => questionsFor(lesson, student).get('pixel')?.ask.en
  expect(asked('anna')).toBe(asked('anna'))
  expect(new Set(['', 'anna', 'bo', 'cy'].map(asked)).size).toBe(4)
})
