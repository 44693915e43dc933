// Questions that are answered by writing a function. The learner's file is run on inputs drawn
// from its own text, so that a changed file meets fresh ones, and held against the reference.
import type { Text } from '../base/text.ts'
import { type Dice, diceFor } from './dice.ts'
import type { Case, CodeMistake, CodeQuestion, Draw, Printed, Value, Verdict } from './question.ts'
import { shown } from './show.ts'

/** What became of a call: its value, or what it threw. */
export type Called = { readonly value: Value } | { readonly error: string; readonly line?: number }

/** What became of a file that was run. */
export type CodeRun =
  | { readonly status: 'done'; readonly calls: readonly Called[]; readonly output: Printed }
  | { readonly status: 'missing' | 'timeout' | 'memory' }
  | { readonly status: 'broken'; readonly error: string; readonly line?: number }

/** Runs a file's function on these inputs, contained. */
export type RunCode = (
  source: string,
  name: string,
  inputs: readonly (readonly Value[])[],
) => Promise<CodeRun>

export function code(ask: (dice: Dice) => Omit<CodeQuestion, 'kind'>): Draw {
  return (dice) => ({ kind: 'code', ...ask(dice) })
}

/** Judges the learner's file; `solution` is the worked solution's source. */
export async function judgeCode(
  question: CodeQuestion,
  source: string,
  solution: string,
  run: RunCode,
): Promise<Verdict> {
  const cases = question.cases(diceFor(source))
  const inputs = cases.map(({ input }) => input)
  const ran = await run(source, question.function, inputs)
  if (ran.status !== 'done')
    return {
      status: ran.status === 'missing' ? 'fail' : 'error',
      says: whyNot(ran, question.function),
    }

  const output = ran.output.text === '' ? {} : { output: ran.output }
  const at = cases.findIndex(({ expected }, each) => !gives(ran.calls[each], expected))
  if (at < 0) return { status: 'pass', says: question.because, ...output }
  const status = isValue(ran.calls[at]) ? 'fail' : 'error'
  for (const { edit, says } of question.mistakes) {
    const wrong = await run(edited(solution, edit), question.function, inputs)
    const same =
      wrong.status === 'done' && wrong.calls.every((call, each) => alike(ran.calls[each], call))
    if (same) return { status, says, ...output }
  }
  const says = difference(question.function, cases[at] as Case, ran.calls[at])
  return { status, says, ...output }
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

function gives(call: Called | undefined, expected: Value): boolean {
  return isValue(call) && close(call.value, expected)
}

function isValue(call: Called | undefined): call is Extract<Called, { value: Value }> {
  return call !== undefined && 'value' in call
}

/** Two calls that came to the same: close values, or both an error. */
function alike(a: Called | undefined, b: Called): boolean {
  if (a === undefined) return false
  return 'value' in b ? gives(a, b.value) : 'error' in a
}

/** Equal up to rounding to float32, whatever is nested in it. */
function close(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-5 + 1e-4 * Math.abs(b)
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, at) => close(value, b[at]))
  if (isRecord(a) && isRecord(b)) {
    const names = Object.keys(b)
    return names.length === Object.keys(a).length && names.every((name) => close(a[name], b[name]))
  }
  return a === b
}

function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function whyNot(ran: Exclude<CodeRun, { status: 'done' }>, name: string): Text {
  switch (ran.status) {
    case 'missing':
      return {
        en: `The file defines no function ${name}: keep its name as the exercise has it.`,
        zh: `文件里没有名为 ${name} 的函数：请保留练习里的函数名。`,
      }
    case 'timeout':
      return {
        en: 'Stopped after 5 seconds: is there a loop that never ends?',
        zh: '运行超过 5 秒，已停止：是不是有一个不会结束的循环？',
      }
    case 'memory':
      return {
        en: 'Stopped because it took too much memory: no exercise needs more than a few megabytes.',
        zh: '占用内存太多，已停止：这些练习只需要几兆字节。',
      }
    case 'broken':
      return thrown(ran.error, ran.line)
    default:
      return ran satisfies never
  }
}

function thrown(error: string, line: number | undefined): Text {
  return {
    en: `Your code stopped with ${error}${line ? `, in line ${line}` : ''}.`,
    zh: `代码出错：${error}${line ? `，在第 ${line} 行` : ''}。`,
  }
}

/** The first call that went wrong, told by its input where that is short, and the first wrong place. */
function difference(name: string, { input, expected }: Case, call: Called | undefined): Text {
  if (!isValue(call)) return thrown(call?.error ?? '?', call?.line)
  const given = input.map(shown).join(', ')
  const place = firstDifference(call.value, expected)
  const where =
    place.path === ''
      ? { en: '', zh: '' }
      : { en: `, at ${place.path}`, zh: `，位置 ${place.path}` }
  return {
    en: `${name}(${given}) gave ${shown(place.given)}, expected ${shown(place.expected)}${where.en}.`,
    zh: `${name}(${given}) 得到 ${shown(place.given)}，应为 ${shown(place.expected)}${where.zh}。`,
  }
}

function firstDifference(
  given: Value,
  expected: Value,
  path = '',
): { given: Value; expected: Value; path: string } {
  if (Array.isArray(given) && Array.isArray(expected) && given.length === expected.length) {
    const at = expected.findIndex((value, index) => !close(given[index], value))
    return firstDifference(given[at], expected[at], `${path}[${at}]`)
  }
  if (isRecord(given) && isRecord(expected)) {
    const name = Object.keys(expected).find((each) => !close(given[each], expected[each])) ?? ''
    return firstDifference(given[name] ?? null, expected[name] ?? null, `${path}.${name}`)
  }
  return { given, expected, path }
}
