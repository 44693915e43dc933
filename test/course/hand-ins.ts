// Every exercise of the course, and what becomes of code that is handed in for one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import { sandbox } from '../../src/commands/lesson/study/sandbox.ts'
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
    const solution = readFileSync(join(lessonsFolder, folder, 'solution.js'), 'utf8')
    const judge = async (source: string) => {
      const { status, says } = await judgeCode(question, source, solution, run)
      return `${status}: ${says.en}`
    }
    const define = (body: string) => `export function ${question.function}() {\n${body}\n}\n`

    it('is told that an empty file defines nothing', async () => {
      expect(await judge('')).toContain(`fail: The file defines no function ${question.function}`)
    })
    it('is told what it gave where that is wrong', async () => {
      expect(await judge(define('return "no"'))).toMatch(/^fail: .* gave "no", expected /)
    })
    it('is told that it gave nothing back', async () => {
      expect(await judge(define(''))).toMatch(/^fail: .* gave nothing, expected /)
    })
    it('is told what it threw, and where', async () => {
      expect(await judge(define('throw new Error("oh")'))).toBe(
        'error: Your code stopped with Error: oh, in line 2.',
      )
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
