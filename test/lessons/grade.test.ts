// A teacher's way: a file of answers in, results.json out.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../src/lessons/index.ts'
import { convlab, folder, lessonsFolder } from './course.ts'
import schema from './results.schema.json' with { type: 'json' }

const valid = new Ajv({ allErrors: true, strictTypes: false }).compile(schema)

/** The right answers of a student to the whole course. */
function rightAnswers(student: string) {
  const answers: Record<string, Record<string, unknown>> = {}
  for (const lesson of course) {
    const given: Record<string, unknown> = {}
    for (const [id, question] of questionsFor(lesson, student))
      given[id] =
        question.kind === 'code'
          ? { file: join(lessonsFolder, lesson.folder, 'solution.js') }
          : question.right
    answers[lesson.name] = given
  }
  return answers
}

let files = 0

async function graded(handedIn: unknown, ...more: string[]) {
  files += 1
  const answers = join(folder, `answers-${files}.json`)
  const results = join(folder, `results-${files}.json`)
  writeFileSync(answers, typeof handedIn === 'string' ? handedIn : JSON.stringify(handedIn))
  const paths = ['--answers', answers, '--results', results]
  const ran = await convlab('lesson', 'check', ...paths, ...more)
  const read = () => JSON.parse(readFileSync(results, 'utf8'))
  return { ...ran, results: ran.code === 2 ? undefined : read() }
}

describe('grading', () => {
  it('passes right answers', { timeout: 30_000 }, async () => {
    const { code, results } = await graded({ student: 'anna', answers: rightAnswers('anna') })
    expect(valid(results), JSON.stringify(valid.errors)).toBe(true)
    expect(results).toMatchObject({ version: 3, status: 'pass', message: null })
    const questions = course.flatMap(({ questions }) => Object.keys(questions))
    expect(results.tests).toHaveLength(questions.length)
    expect(code).toBe(0)
  })

  it("fails another student's answers, whose numbers differ", { timeout: 30_000 }, async () => {
    const { code, results } = await graded({ student: 'bo', answers: rightAnswers('anna') })
    expect(valid(results), JSON.stringify(valid.errors)).toBe(true)
    expect(results.status).toBe('fail')
    expect(code).toBe(1)
  })

  it('grades for the student that --student names', async () => {
    const { 'one-pixel': onePixel } = rightAnswers('bo')
    const answers = { 'one-pixel': onePixel }
    expect((await graded({ answers }, '--student', 'bo')).code).toBe(0)
    expect((await graded({ answers })).code).toBe(1)
  })

  it('explains what is wrong or missing, in the language asked for', async () => {
    const answers = { 'one-pixel': { pixel: 0.123 }, 'output-shape': { 'write-it': { code: '' } } }
    const { results } = await graded({ answers }, '--lang', 'zh')
    expect(valid(results), JSON.stringify(valid.errors)).toBe(true)
    const messages = Object.fromEntries(
      results.tests.map(({ name, message }: { name: string; message: string }) => [name, message]),
    )
    expect(messages).toMatchObject({
      'one-pixel / pixel': '不对。',
      'one-pixel / place': '没有作答。',
      'output-shape / write-it': expect.stringContaining('没有名为 outputSize 的函数'),
    })
  })

  it('keeps what the code printed', async () => {
    const code = 'export function outputSize() { console.log("hm".repeat(999)); return 1 }'
    const { results } = await graded({ answers: { 'output-shape': { 'write-it': { code } } } })
    expect(valid(results), JSON.stringify(valid.errors)).toBe(true)
    expect(results.tests.at(-1).output).toMatch(/^(hm)+h?\n\(The rest is cut off\.\)$/)
  })

  it('takes shapes, lists and numbers as JSON has them', async () => {
    const question = questionsFor(course[1] as (typeof course)[0], '').get('plain')
    const [rows, columns] = (question as { right: string }).right.split('x').map(Number)
    for (const plain of [[rows, columns], `${rows}, ${columns}`, `(${rows} × ${columns})`]) {
      const { results } = await graded({ answers: { 'output-shape': { plain } } })
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
    expect(valid(JSON.parse(await read))).toBe(true)
    expect(statSync(pipe).isFIFO()).toBe(true)
  })

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['no object', '[]', 'it has another form'],
    ['null', 'null', 'it has another form'],
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
