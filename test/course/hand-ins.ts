// Every exercise of the course, and what becomes of code that is handed in for one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { sandbox } from '../../src/cli/sandbox.ts'
import { judgeCode } from '../../src/course/code.ts'
import { lessonsFolder, runner } from './course.ts'

const run = sandbox(runner)

export const exercises = course.flatMap((lesson) =>
  [...questionsFor(lesson, '')].flatMap(([id, question]) =>
    question.kind === 'code' ? [[`${lesson.name} / ${id}`, lesson.folder, question] as const] : [],
  ),
)

export function handInsAreJudged(some: typeof exercises): void {
  describe.each(some)('code handed in for %s', (_, folder, question) => {
    const [exercise, solution] = ['exercise.js', 'solution.js'].map((file) =>
      readFileSync(join(lessonsFolder, folder, file), 'utf8'),
    ) as [string, string]
    const judge = async (source: string) => {
      const { status, says } = await judgeCode(question, source, { exercise, solution }, run)
      return `${status}: ${says.en}`
    }
    const define = (body: string) => `export function ${question.function}() {\n${body}\n}\n`

    it('is told that it is the exercise, however its blanks are', async () => {
      const same = exercise.replaceAll('\n', '\r\n').replaceAll('  ', '\t')
      expect(await judge(same)).toContain('fail: This is still the exercise as you got it')
    })
    it('is told of a change without effect', async () => {
      const says = await judge(exercise.replaceAll('TODO', 'to do'))
      const known = question.mistakes.map((mistake) => `fail: ${mistake.says.en}`)
      if (!known.includes(says))
        expect(says).toMatch(/^(fail|error): It still does what the exercise did/)
    })
    it('is told that an empty file defines nothing', async () => {
      expect(await judge('')).toContain(`fail: The file defines no function ${question.function}`)
    })
    it('is told what it gave where that is wrong', async () => {
      const says = await judge(define('return "no"'))
      expect(says).toMatch(/^fail: .* gave "no", expected /)
      expect(says, 'its smallest case is shown in full').not.toMatch(/numbers\]|\{\.\.\.\}/)
      const given = /\((.*)\) gave/.exec(says)?.[1] ?? ''
      expect(given.match(/\d\.\d{5}/g), given).toBe(null)
      expect(given.length).toBeLessThan(240)
    })
    it('is told that it gave nothing back', async () => {
      expect(await judge(define(''))).toMatch(/^fail: .* gave nothing, expected /)
    })
    it('is told what it threw, and where', async () => {
      const says = await judge(define('throw new Error("oh")'))
      expect(says).toContain('error: Your code stopped with Error: oh, in line 2. The call was ')
      expect(says).not.toMatch(/numbers\]|\{\.\.\.\}/)
    })
    it('is told where it does not parse', async () => {
      expect(await judge('function (')).toMatch(
        /^error: Your code stopped with SyntaxError.*line 1/,
      )
    })
    it('is stopped where it takes 1 GiB', { timeout: 10_000 }, async () => {
      const hoard =
        'const all = []; for (let i = 0; i < 8; i++) all.push(new Float64Array(2 ** 24).fill(1)); for (;;) {}'
      expect(await judge(define(hoard))).toContain('error: Stopped because it took too much memory')
    })
    it('passes where it is right', async () => {
      expect(await judge(solution)).toBe(`pass: ${question.because.en}`)
    })
  })
}
