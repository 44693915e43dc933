// Code that learners may hand in, good and bad: each gets its verdict within 5 seconds.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { permissions, sandbox } from '../../src/cli/sandbox.ts'
import { judgeCode } from '../../src/course/code.ts'
import { lessonsFolder, runner } from './course.ts'

const run = sandbox(runner)
const readsItself = `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`
const exercises = course.flatMap((lesson) =>
  [...questionsFor(lesson, '').values()].flatMap((question) =>
    question.kind === 'code' ? [[lesson.name, lesson.folder, question] as const] : [],
  ),
)

describe.each(exercises)('%s', (_, folder, question) => {
  const solution = readFileSync(join(lessonsFolder, folder, 'solution.js'), 'utf8')
  const judge = async (source: string) => {
    const { status, says } = await judgeCode(question, source, solution, run)
    return `${status}: ${says.en}`
  }
  const define = (body: string) => `export function ${question.function}() {\n${body}\n}\n`

  it('empty', async () => {
    expect(await judge('')).toContain(`fail: The file defines no function ${question.function}`)
  })
  it('wrong', async () => {
    expect(await judge(define('return "no"'))).toMatch(/^fail: .* gave "no", expected /)
  })
  it('gives nothing back', async () => {
    expect(await judge(define(''))).toMatch(/^fail: .* gave nothing, expected /)
  })
  it('throws', async () => {
    expect(await judge(define('throw new Error("oh")'))).toBe(
      'error: Your code stopped with Error: oh, in line 2.',
    )
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

it('never ends', { timeout: 20_000 }, async () => {
  const verdicts = await Promise.all(
    exercises.map(([, , question]) =>
      judgeCode(question, `function ${question.function}() { for (;;) {} }`, '', run),
    ),
  )
  for (const { status, says } of verdicts)
    expect(`${status}: ${says.en}`).toContain('error: Stopped after 5 seconds')
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
