// Code that learners may hand in for every exercise, and what only time or memory ends.
import { expect, it } from 'vitest'
import { sandbox } from '../../src/cli/sandbox.ts'
import { judgeCode } from '../../src/course/code.ts'
import { runner } from './course.ts'
import { exercises, handInsAreJudged } from './hand-ins.ts'

const run = sandbox(runner)
const nothing = { exercise: '', solution: '' }

handInsAreJudged(exercises.slice(1)) // the first one in code.test.ts

it('code that never ends is stopped, whatever the exercise', async () => {
  const verdicts = await Promise.all(
    exercises.map(([, , question]) =>
      judgeCode(question, `function ${question.function}() { for (;;) {} }`, nothing, run),
    ),
  )
  for (const { status, says } of verdicts)
    expect(`${status}: ${says.en}`).toContain('error: Stopped after 5 seconds')
})

it('code that fills the heap is stopped, by memory or by time', async () => {
  const hoard = 'function f() { const all = []; for (;;) all.push({ all: [all.length] }) }'
  expect(['memory', 'timeout']).toContain((await run(hoard, 'f', [[]])).status)
})
