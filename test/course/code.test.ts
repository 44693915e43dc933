// Code that learners may hand in, good and bad, and the context that it runs in.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { permissions, sandbox } from '../../src/cli/sandbox.ts'
import { judgeCode } from '../../src/course/code.ts'
import type { CodeQuestion } from '../../src/course/question.ts'
import { runner } from './course.ts'
import { exercises, handInsAreJudged } from './hand-ins.ts'

const run = sandbox(runner)
const readsItself = `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`

handInsAreJudged(exercises.slice(0, 1)) // the others in code.check.ts

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

describe('the context that code runs in', () => {
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
