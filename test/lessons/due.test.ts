// Which lessons of a hand-in are graded, and with which exit code.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../src/render/text/layout.ts'
import { convlab, folder } from './course.ts'
import {
  everyQuestion,
  expectValid,
  graded,
  names,
  questionsOf,
  rightAnswers,
  type Test,
} from './grading.ts'

describe('what is due', () => {
  it('is the whole course: nothing handed in is nothing right', async () => {
    const { code, results } = await graded({ student: 'a', answers: {} })
    expectValid(results)
    expect(names(results)).toEqual(everyQuestion)
    expect(results.tests.every(({ status }: Test) => status === 'fail')).toBe(true)
    expect({ code, status: results.status }).toEqual({ code: 1, status: 'fail' })
  })

  it('is what --lessons names, in the order of the course, and nothing else', async () => {
    const { 'one-pixel': onePixel } = rightAnswers('')
    const { code, results } = await graded(
      { answers: { 'one-pixel': onePixel } },
      '--lessons',
      'batch,mixing',
    )
    expect(names(results)).toEqual(questionsOf('mixing', 'batch'))
    expect(new Set(results.tests.map((test: Test) => test.task_id))).toEqual(new Set([7, 8]))
    expect(code).toBe(1)
  })

  it('stands in a file, too', async () => {
    const { channels } = rightAnswers('')
    const due = join(folder, 'due list.txt')
    writeFileSync(due, '\uFEFFchannels,\n\n')
    const { code, results } = await graded({ answers: { channels } }, '--lessons', due)
    expect(names(results)).toEqual(questionsOf('channels'))
    expect(code).toBe(0)
  })

  it('is in the order of the course, however the hand-in is ordered', async () => {
    const reversed = Object.entries(rightAnswers('')).slice(0, 4).reverse()
    const answers = Object.fromEntries(
      reversed.map(([name, given]) => [name, Object.fromEntries(Object.entries(given).reverse())]),
    )
    const { results } = await graded({ answers })
    expect(names(results)).toEqual(everyQuestion)
  })

  const wrong = join(folder, 'wrong.txt')
  writeFileSync(wrong, 'mixing bach')
  it.each([
    [
      'an unknown name',
      'mixing,bach',
      'unknown lesson bach: did you mean batch?',
      'or a file of names',
    ],
    ['a file that is not there', 'due.txt', 'unknown lesson due.txt', 'or a file of names'],
    ['an unknown name in a file', wrong, 'unknown lesson bach', 'does-it-help'],
    ['no name', '', 'it names no lesson', 'mixing,batch'],
    ['a folder', folder, 'it cannot be read (EISDIR)', 'a file of them'],
  ])('refuses %s', async (_, given, ...said) => {
    for (const lang of ['en', 'zh']) {
      const { code, out, err } = await graded({ answers: {} }, '--lessons', given, '--lang', lang)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toMatch(/^convlab: --lessons [^\n]+\n$/)
      if (lang === 'en') for (const words of said) expect(err).toContain(words)
    }
  })

  it.each(['--lessons=mixing', '--exercism'])('needs --answers: %s', async (flag) => {
    const { code, out, err } = await convlab('lesson', 'check', flag)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^convlab: --[a-z]+: expected together with --answers FILE[^\n]+\n$/)
  })
})

it.each(['en', 'zh'])('is told in help that fits 80 columns (%s)', async (lang) => {
  const { out } = await convlab('lesson', 'check', '--help', '--lang', lang, '--width', '80')
  expect(out).toContain('--lessons <names|file>')
  expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
})

describe('--exercism', () => {
  it('exits with 0 whatever the grade, with the same grades', async () => {
    const [usual, always] = [
      await graded({ answers: {} }),
      await graded({ answers: {} }, '--exercism'),
    ]
    expect([usual.code, always.code]).toEqual([1, 0])
    expect(always.results).toEqual(usual.results)
  })
  it('still refuses what is no hand-in', async () => {
    expect((await graded('{', '--exercism')).code).toBe(2)
  })
})
