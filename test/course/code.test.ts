// Code that learners may hand in, good and bad, and the context that it runs in.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { permissions, sandbox } from '../../src/commands/lesson/study/sandbox.ts'
import { runner } from './course.ts'
import { exercises, handInsAreJudged } from './hand-ins.ts'

const run = sandbox(runner)
const readsItself = `require('fs').readFileSync(${JSON.stringify(import.meta.filename)})`

handInsAreJudged(exercises.slice(0, 1)) // the others in code.check.ts

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
