// Questions that are answered by writing a function. The learner's file is run on inputs drawn
// from its own text, so that a changed file meets fresh ones, and held against the reference.
import type { Called, CodeRun, RunCode } from './code-run.ts'
import { differenceWords, unchangedWords, untouched, whyNot } from './code-words.ts'
import { type Dice, diceFor } from './dice.ts'
import type { Assessment, Case, CodeMistake, CodeQuestion, Draw } from './question.ts'
import { nearlyEqual, type Value, valueLiteral } from './values.ts'

export function code(ask: (dice: Dice) => Omit<CodeQuestion, 'kind'>): Draw {
  return (dice) => ({ kind: 'code', ...ask(dice) })
}

/** What the course has of an exercise: the file a learner begins with, and the worked solution. */
export interface Sources {
  readonly exercise: string
  readonly solution: string
}

/** Judges the learner's file. */
export async function judgeCode(
  question: CodeQuestion,
  source: string,
  { exercise, solution }: Sources,
  run: RunCode,
): Promise<Assessment> {
  if (bare(source) === bare(exercise)) return { status: 'fail', says: untouched }
  const cases = question.cases(diceFor(source))
  const inputs = cases.map(({ input }) => input)
  const ran = await run(source, question.function, inputs)
  if (ran.status !== 'done')
    return {
      status: ran.status === 'missing' ? 'fail' : 'error',
      says: whyNot(ran, question.function),
    }

  const output = ran.output.text === '' ? {} : { output: ran.output }
  const wrong = cases.flatMap((each, at) => {
    const call = ran.calls[at] as Called
    return gives(call, each.expected) ? [] : [{ ...each, call }]
  })
  const [first, ...more] = wrong
  if (first === undefined) return { status: 'pass', says: question.because, ...output }

  // what was thrown says little of why; what was given back, and wrong, tells mistakes apart
  const status = wrong.some(({ call }) => isValue(call)) ? 'fail' : 'error'
  if (status === 'fail')
    for (const { edit, says } of question.mistakes) {
      const mistaken = await run(edited(solution, edit), question.function, inputs)
      if (alike(ran, mistaken)) return { status, says, ...output }
    }
  const smallest = more.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a), first)
  const says = differenceWords(question.function, smallest, smallest.call)
  const before = await run(exercise, question.function, inputs)
  return { status, says: alike(ran, before) ? unchangedWords(says) : says, ...output }
}

/**
 * The solution with a mistake in it.
 * @throws {Error} if the solution has not exactly one such place
 */
export function edited(solution: string, [from, to]: CodeMistake['edit']): string {
  const parts = solution.split(from)
  if (parts.length !== 2) throw new Error(`the solution has ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}

/** How much there is to read in a call. */
function sizeOf({ input, expected }: Case): number {
  return valueLiteral([...input, expected]).length
}

/** Code without its blanks, which an editor may change by itself. */
function bare(source: string): string {
  return source.replace(/\s+/g, '')
}

function gives(call: Called | undefined, expected: Value): boolean {
  return isValue(call) && nearlyEqual(call.value, expected)
}

function isValue(call: Called | undefined): call is Extract<Called, { value: Value }> {
  return call !== undefined && 'value' in call
}

/** Two files whose calls came to the same throughout: nearlyEqual values, or both an error. */
function alike(a: CodeRun, b: CodeRun): boolean {
  if (a.status !== 'done' || b.status !== 'done') return false
  return b.calls.every((call, at) => {
    const other = a.calls[at] as Called
    return 'value' in call ? gives(other, call.value) : 'error' in other
  })
}
