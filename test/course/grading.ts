// What the tests of grading share: hand-ins graded, and their results in Exercism's form.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect } from 'vitest'
import { course, questionsFor } from '../../lessons/index.ts'
import type { ExercismResults } from '../../src/course/results.ts'
import { convlab, folder, lessonsFolder } from './course.ts'
import schema from './results.schema.json' with { type: 'json' }

const valid = new Ajv({ allErrors: true, strictTypes: false }).compile(schema)

export function expectValid(results: unknown): void {
  expect(valid(results), JSON.stringify(valid.errors)).toBe(true)
}

for (const lesson of course) {
  const solution = join(lessonsFolder, lesson.folder, 'solution.js')
  if (existsSync(solution)) cpSync(solution, join(folder, `${lesson.folder}.js`))
}

/** The right answers of a student to the whole course; code lies beside the hand-in. */
export function rightAnswers(student: string) {
  const answers: Record<string, Record<string, unknown>> = {}
  for (const lesson of course) {
    const given: Record<string, unknown> = {}
    for (const [id, question] of questionsFor(lesson, student))
      given[id] = question.kind === 'code' ? { file: `${lesson.folder}.js` } : question.right
    answers[lesson.name] = given
  }
  return answers
}

export type Test = ExercismResults['tests'][number]
export const names = ({ tests }: ExercismResults) => tests.map(({ name }) => name)
export const questionsOf = (...lessons: string[]) =>
  course
    .filter(({ name }) => lessons.includes(name))
    .flatMap(({ name, questions }) => Object.keys(questions).map((id) => `${name} / ${id}`))
export const everyQuestion = questionsOf(...course.map(({ name }) => name))

let files = 0

export async function graded(handedIn: unknown, ...more: string[]) {
  files += 1
  const answers = join(folder, `answers-${files}.json`)
  const results = join(folder, `results-${files}.json`)
  writeFileSync(answers, typeof handedIn === 'string' ? handedIn : JSON.stringify(handedIn))
  const paths = ['--answers', answers, '--results', results]
  const ran = await convlab('lesson', 'check', ...paths, ...more)
  const read = () => JSON.parse(readFileSync(results, 'utf8'))
  return { ...ran, results: ran.code === 2 ? undefined : read() }
}
