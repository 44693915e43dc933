// Code that learners may hand in, good and bad: each gets its verdict within 5 seconds.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { permissions, sandbox } from '../../src/cli/sandbox.ts'
import { judgeCode } from '../../src/course/code.ts'
import type { CodeQuestion } from '../../src/course/question.ts'
import { lessonsFolder, runner } from './course.ts'

const run = sandbox(runner)
const readsItself = `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`
const exercises = course.flatMap((lesson) =>
  [...questionsFor(lesson, '').values()].flatMap((question) =>
    question.kind === 'code' ? [[lesson.name, lesson.folder, question] as const] : [],
  ),
)

describe.each(exercises)('%s', (_, folder, question) => {
  const [exercise, solution] = ['exercise.js', 'solution.js'].map((file) =>
    readFileSync(join(lessonsFolder, folder, file), 'utf8'),
  ) as [string, string]
  const judge = async (source: string) => {
    const { status, says } = await judgeCode(question, source, { exercise, solution }, run)
    return `${status}: ${says.en}`
  }
  const define = (body: string) => `export function ${question.function}() {\n${body}\n}\n`

  it('untouched, however its blanks are', async () => {
    const same = exercise.replaceAll('\n', '\r\n').replaceAll('  ', '\t')
    expect(await judge(same)).toContain('fail: This is still the exercise as you got it')
  })
  it('changed without effect', async () => {
    const says = await judge(exercise.replaceAll('TODO', 'to do'))
    const known = question.mistakes.map((mistake) => `fail: ${mistake.says.en}`)
    if (!known.includes(says))
      expect(says).toMatch(/^(fail|error): It still does what the exercise did/)
  })
  it('empty', async () => {
    expect(await judge('')).toContain(`fail: The file defines no function ${question.function}`)
  })
  it('wrong', async () => {
    const says = await judge(define('return "no"'))
    expect(says).toMatch(/^fail: .* gave "no", expected /)
    expect(says, 'its smallest case is shown in full').not.toMatch(/numbers\]|\{\.\.\.\}/)
    const given = /\((.*)\) gave/.exec(says)?.[1] ?? ''
    expect(given.match(/\d\.\d{5}/g), given).toBe(null)
    expect(given.length).toBeLessThan(240)
  })
  it('gives nothing back', async () => {
    expect(await judge(define(''))).toMatch(/^fail: .* gave nothing, expected /)
  })
  it('throws', async () => {
    const says = await judge(define('throw new Error("oh")'))
    expect(says).toContain('error: Your code stopped with Error: oh, in line 2. The call was ')
    expect(says).not.toMatch(/numbers\]|\{\.\.\.\}/)
  })
  it('does not parse', async () => {
    expect(await judge('function (')).toMatch(/^error: Your code stopped with SyntaxError.*line 1/)
  })
  it('takes 1 GiB', { timeout: 10_000 }, async () => {
    const hoard =
      'const all = []; for (let i = 0; i < 8; i++) all.push(new Float64Array(2 ** 24).fill(1)); for (;;) {}'
    expect(await judge(define(hoard))).toContain('error: Stopped because it took too much memory')
  })
  it('right', async () => {
    expect(await judge(solution)).toBe(`pass: ${question.because.en}`)
  })
})

const nothing = { exercise: '', solution: '' }

it('never ends', { timeout: 20_000 }, async () => {
  const verdicts = await Promise.all(
    exercises.map(([, , question]) =>
      judgeCode(question, `function ${question.function}() { for (;;) {} }`, nothing, run),
    ),
  )
  for (const { status, says } of verdicts)
    expect(`${status}: ${says.en}`).toContain('error: Stopped after 5 seconds')
})

describe('what is said of wrong code', () => {
  const words = (en: string) => ({ en, zh: en })
  const question: CodeQuestion = {
    kind: 'code',
    ask: words(''),
    function: 'sum',
    because: words('right'),
    hints: [words(''), words('')],
    solution: words(''),
    mistakes: [
      { edit: ['length > 9', 'length > 2'], says: words('too many') },
      { edit: ['sum + value', 'sum + 2 * value'], says: words('twice') },
    ],
    cases: () => [
      { input: [[1.25, 2.25, 3.25]], expected: 6.75 },
      { input: [[1, 2]], expected: 3 },
    ],
  }
  const solution = `function sum(values) {
    if (values.length > 9) throw new Error('too many')
    return values.reduce((sum, value) => sum + value, 0)
  }`
  const sources = { exercise: 'function sum(values) { return 0 }', solution }
  const judge = async (source: string) => {
    const { status, says } = await judgeCode(question, source, sources, run)
    return `${status}: ${says.en}`
  }

  it('knows a mistake by what it gives back', async () => {
    expect(await judge(solution.replace('sum + value', 'sum + value + value'))).toBe('fail: twice')
  })
  it('knows none by what it throws alone', async () => {
    const other = solution.replace('length > 9', 'length > 2').replace('too many', 'oh')
    expect(await judge(other)).toBe(
      'error: Your code stopped with Error: oh, in line 2. The call was sum([1.25, 2.25, 3.25]).',
    )
  })
  it('takes a throw and a value for two things', async () => {
    const other = solution
      .replace('length > 9', 'length > 2')
      .replace('sum + value', 'sum + 2 * value')
    expect(await judge(other)).toBe('fail: sum([1, 2]) gave 6, expected 3.')
  })
  it('shows the smallest case that fails', async () => {
    expect(await judge('function sum(values) { return 1 }')).toBe(
      'fail: sum([1, 2]) gave 1, expected 3.',
    )
  })
  it('says that nothing has changed', async () => {
    expect(await judge(`${sources.exercise}\n`)).toContain('fail: This is still the exercise')
    expect(await judge('function sum() { return 0 }')).toBe(
      'fail: It still does what the exercise did before you changed it. sum([1, 2]) gave 0, expected 3.',
    )
  })
})

describe('a context without the world', () => {
  it.each(['require', 'process', 'fetch', 'Buffer', 'setTimeout', 'WebAssembly.Module.x'])(
    'has no %s',
    async (name) => {
      const ran = await run(`function f() { return typeof ${name} }`, 'f', [[]])
      expect(ran).toMatchObject({ status: 'done', calls: [{ value: 'undefined' }] })
    },
  )
  it('imports nothing', async () => {
    const ran = await run('import fs from "node:fs"\nfunction f() { return 1 }', 'f', [[]])
    expect(ran).toMatchObject({ status: 'broken', line: 1 })
  })
  it('ends when it fills the heap, by memory or by time', { timeout: 10_000 }, async () => {
    const hoard = 'function f() { const all = []; for (;;) all.push({ all: [all.length] }) }'
    expect(['memory', 'timeout']).toContain((await run(hoard, 'f', [[]])).status)
  })
  it('touches no file: the process itself may not', async () => {
    const child = spawnSync(process.execPath, [...permissions(runner), '-e', readsItself], {
      encoding: 'utf8',
    })
    expect(child.stderr + child.stdout).toContain('ERR_ACCESS_DENIED')
  })
  it('keeps what is printed', async () => {
    const ran = await run('function f(x) { console.log("x is", [x]); return x }', 'f', [[1], [2]])
    expect(ran).toMatchObject({
      status: 'done',
      output: { text: 'x is [1]\nx is [2]', more: false },
    })
  })
  it('keeps the first lines of many, and says that there were more', async () => {
    const ran = await run('function f() { for (let i = 0; i < 51; i++) console.log(i) }', 'f', [[]])
    expect(ran).toMatchObject({
      output: { text: expect.stringMatching(/^0\n.*\n49$/s), more: true },
    })
  })
  it.each([
    'JSON.stringify = () => "{}"',
    'JSON.stringify = () => "null"',
    'console.output = () => 5',
    'Array.prototype.toJSON = () => "x"',
  ])('is not to be changed: %s', async (change) => {
    expect(await run(`${change}; function f() { return [1] }`, 'f', [[]])).toMatchObject({
      status: 'broken',
    })
  })
  it('does not wait for promises, nor stop at those that fail', async () => {
    const ran = await run('function f() { Promise.reject(new Error("late")); return 1 }', 'f', [[]])
    expect(ran).toMatchObject({ status: 'done', calls: [{ value: 1 }] })
  })
  it('gives back typed arrays as arrays, and NaN as a word', async () => {
    const ran = await run('const f = () => [new Float32Array(2), NaN]', 'f', [[]])
    expect(ran).toMatchObject({ calls: [{ value: [[0, 0], 'NaN'] }] })
  })
})
