// A question that is answered by a command of convlab's, judged by what it produces.
import { UsageError } from '../../base/errors.ts'
import { flagOf, type OptionTable } from '../../base/options.ts'
import type { Text } from '../../base/text.ts'
import { layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import { planRun, runOptions } from '../../run/plan.ts'
import { tracePlan } from '../../run/run.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Dice } from '../dice.ts'
import {
  type Draw,
  type Help,
  type LineQuestion,
  normal,
  unreadable,
  wrongAnswer,
} from '../question.ts'

/** Multiply-adds above which a command is not run for an answer. */
const MOST_WORK = 2e8

const form: Text = {
  en: "a layer's command, such as static --out 8 (a shell wants it in quotes)",
  zh: '一条层命令，例如 static --out 8（在 shell 里要加引号）',
}

/** Any command whose run is `accepted` is right. */
export function command(
  ask: (dice: Dice) => Help & {
    readonly ask: Text
    readonly because: Text
    accepts(trace: Trace): boolean
    /** one command that is accepted */
    readonly answer: string
    /** what may be wrong with a run, tried in turn; `answer` is a command with only that fault */
    readonly mistakes: readonly {
      readonly answer: string
      when(trace: Trace): boolean
      readonly says: Text
    }[]
  },
): Draw {
  return (dice) => {
    const { accepts, because, answer, mistakes, ...asked } = ask(dice)
    const result: LineQuestion = {
      ...asked,
      kind: 'command',
      form,
      options: [],
      right: answer,
      wrong: mistakes,
      judge(given) {
        const read = readCommand(given)
        if (read === undefined) return unreadable(given, form)
        try {
          const plan = planRun(read.layer, read.given)
          if (plan.work > MOST_WORK) return { status: 'unreadable', says: tooMuch }
          const trace = tracePlan(read.layer, plan)
          if (accepts(trace)) return { status: 'pass', says: because }
          const mistake = mistakes.find(({ when }) => when(trace))
          return { status: 'fail', says: mistake?.says ?? wrongAnswer }
        } catch (error) {
          if (error instanceof UsageError) return { status: 'unreadable', says: error.text }
          throw error
        }
      },
    }
    return result
  }
}

const tooMuch: Text = {
  en: 'That run is too large for an answer: use smaller sizes.',
  zh: '这次运行太大了，请用小一些的尺寸。',
}

/** A command without the quotes that belong around it in a shell, and that people type elsewhere. */
function unquoted(text: string): string {
  const [, , inside] = /^(['"`])(.*)\1$/s.exec(text) ?? /^([‘“])(.*)[’”]$/s.exec(text) ?? []
  return inside?.trim() ?? text
}

/** The layer and what is given for it, or undefined if it is no layer's command. */
function readCommand(text: string): { layer: Layer; given: Record<string, unknown> } | undefined {
  const line = unquoted(normal(text)).replace(/^convlab\s+/, '')
  const words = unquoted(line).split(/\s+/)
  const layer = (layers as Readonly<Record<string, unknown>>)[words.shift() ?? ''] as
    | Layer
    | undefined
  if (layer === undefined) return undefined
  const table: OptionTable = { ...layer.options, ...runOptions }
  const given: Record<string, unknown> = {}
  while (words.length > 0) {
    const [flag, attached] = (words.shift() as string).split('=')
    const [key, option] =
      Object.entries(table).find(
        ([name, { short, placeholder }]) =>
          flag === (placeholder === undefined ? `--no-${name}` : flagOf(name)) ||
          (short !== undefined && flag === `-${short}`),
      ) ?? []
    if (key === undefined || option === undefined) return undefined
    given[key] = option.placeholder === undefined ? false : (attached ?? words.shift())
    if (given[key] === undefined) return undefined
  }
  return { layer, given }
}
