// A teacher's way: a file of answers in, results.json out.
import { execFileSync, spawn } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { resultsOf } from '../../src/course/results.ts'
import { convlab, folder } from './course.ts'
import { expectValid, graded, rightAnswers } from './grading.ts'

describe('grading', () => {
  it('passes right answers', { timeout: 30_000 }, async () => {
    const { code, results } = await graded({ student: 'anna', answers: rightAnswers('anna') })
    expectValid(results)
    expect(results).toMatchObject({ version: 3, status: 'pass', message: null })
    const questions = course.flatMap(({ questions }) => Object.keys(questions))
    expect(results.tests).toHaveLength(questions.length)
    expect(code).toBe(0)
  })

  it("fails another student's answers, whose numbers differ", { timeout: 30_000 }, async () => {
    const { code, results } = await graded({ student: 'bo', answers: rightAnswers('anna') })
    expectValid(results)
    expect(results.status).toBe('fail')
    expect(code).toBe(1)
  })

  it('grades for the student that --student names', async () => {
    const { 'one-pixel': onePixel } = rightAnswers('bo')
    const answers = { 'one-pixel': onePixel }
    const due = ['--lessons', 'one-pixel']
    expect((await graded({ answers }, ...due, '--student', 'bo')).code).toBe(0)
    expect((await graded({ answers }, ...due)).code).toBe(1)
  })

  it('explains what is wrong or missing, in the language asked for', async () => {
    const answers = { 'one-pixel': { pixel: 0.123 }, 'output-shape': { 'write-it': { code: '' } } }
    const { results } = await graded({ answers }, '--lang', 'zh')
    expectValid(results)
    const messages = Object.fromEntries(
      results.tests.map(({ name, message }: { name: string; message: string }) => [name, message]),
    )
    expect(messages).toMatchObject({
      'one-pixel / pixel': '不对。',
      'one-pixel / place': '没有作答。',
      'output-shape / write-it': expect.stringContaining('没有名为 outputSize 的函数'),
    })
  })

  it('takes shapes, lists and numbers as JSON has them', async () => {
    const question = questionsFor(course[1] as (typeof course)[0], '').get('plain')
    const [rows, columns] = (question as { right: string }).right.split('x').map(Number)
    for (const plain of [[rows, columns], `${rows}, ${columns}`, `(${rows} × ${columns})`]) {
      const { results } = await graded(
        { answers: { 'output-shape': { plain } } },
        '--lessons',
        'output-shape',
      )
      expect(results.tests[0].status).toBe('pass')
    }
  })

  it('writes into a pipe instead of replacing it', async () => {
    const [answers, pipe] = [join(folder, 'piped.json'), join(folder, 'results.pipe')]
    writeFileSync(answers, JSON.stringify({ answers: { 'one-pixel': {} } }))
    execFileSync('mkfifo', [pipe])
    const reader = spawn('cat', [pipe])
    const read = text(reader.stdout)
    await convlab('lesson', 'check', '--answers', answers, '--results', pipe)
    expectValid(JSON.parse(await read))
    expect(statSync(pipe).isFIFO()).toBe(true)
  })

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['no object', '[]', 'it has another form'],
    ['null', 'null', 'it has another form'],
    ['a lesson twice', { answers: { mixing: {}, '7': {} } }, 'mixing is there twice'],
    ['an unknown lesson', { answers: { nonsense: {} } }, 'no lesson is named nonsense'],
    ['an unknown question', { answers: { 'one-pixel': { x: 1 } } }, 'one-pixel has no question x'],
    [
      'code as text',
      { answers: { 'output-shape': { 'write-it': 'return 1' } } },
      'expected code as { "code"',
    ],
  ])('refuses %s', async (_, handedIn, message) => {
    const { code, err, out } = await graded(handedIn)
    expect(err).toContain(message)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

const asked = { lesson: 'a', taskId: 1, question: 'b', asked: '?' }

it('a grade is an error as a whole where nothing could be judged', () => {
  const says = { en: 'No file.', zh: '没有文件。' }
  const lost = { ...asked, verdict: { status: 'error', says } } as const
  const results = resultsOf([lost, lost], 'en')
  expectValid(results)
  expect(results).toMatchObject({ status: 'error', message: 'No file.' })
  expect(resultsOf([lost, { ...asked, verdict: undefined }], 'en').status).toBe('fail')
})

it('a grade keeps a message within what Exercism shows', () => {
  const says = { en: 'x'.repeat(1e5), zh: '' }
  const results = resultsOf([{ ...asked, verdict: { status: 'fail', says } }], 'en')
  expectValid(results)
  expect(results.tests[0]?.message).toMatch(/^x+\n\(The rest is cut off\.\)$/)
})
