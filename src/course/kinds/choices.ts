// Questions that offer something to choose from: one option, several, or all in an order. Options
// have names, which answer files may use, and letters, in an order of each student's own.
import type { Text } from '../../base/text.ts'
import type { Dice } from '../dice.ts'
import {
  type Draw,
  type Help,
  type LineQuestion,
  letter,
  normal,
  unreadable,
  wrongAnswer,
} from '../question.ts'

interface Option {
  readonly text: Text
}

/** An option that is right, or the diagnosis of who takes it. */
type Judged = Option & ({ readonly right: true } | { readonly says: Text })

interface Asked extends Help {
  readonly ask: Text
  readonly because: Text
}

/** Reads names or letters; undefined if one of them is neither, or stands twice. */
function readOptions(given: string, names: readonly string[]): string[] | undefined {
  const text = normal(given).toLowerCase()
  const letters = names.map((_, index) => letter(index))
  const run = new RegExp(`^[${letters.join('')}]+$`)
  const words = text.split(/[\s,;>]+|->/).filter((word) => word !== '')
  const parts = words.flatMap((word) =>
    !names.includes(word) && run.test(word) ? [...word] : [word],
  )
  const read = parts.map((part) =>
    names.includes(part) ? part : (names[letters.indexOf(part)] ?? ''),
  )
  const sound = read.length > 0 && !read.includes('') && new Set(read).size === read.length
  return sound ? read : undefined
}

/** One option is right. */
export function choice(
  ask: (dice: Dice) => Asked & { readonly options: Readonly<Record<string, Judged>> },
): Draw {
  return (dice) => {
    const { options, because, ...asked } = ask(dice)
    const names = dice.shuffle(Object.keys(options))
    const form: Text = { en: 'the letter of one option', zh: '一个选项的字母' }
    const isRight = (name: string) => 'right' in (options[name] as Judged)
    const result: LineQuestion = {
      ...asked,
      kind: 'choice',
      form,
      options: names.map((name) => (options[name] as Judged).text),
      right: names.find(isRight) as string,
      wrong: names.flatMap((name) => {
        const option = options[name] as Judged
        return 'says' in option ? [{ answer: name, says: option.says }] : []
      }),
      judge(given) {
        const [name, ...more] = readOptions(given, names) ?? []
        if (name === undefined || more.length > 0) return unreadable(given, form)
        const option = options[name] as Judged
        return 'says' in option
          ? { status: 'fail', says: option.says }
          : { status: 'pass', says: because }
      },
    }
    return result
  }
}

/** All right options and no other are to be named; the first option that is amiss is explained. */
export function choices(
  ask: (dice: Dice) => Asked & {
    /** `says`: said to who takes a wrong option, or leaves out a right one */
    readonly options: Readonly<Record<string, Option & { right: boolean; says: Text }>>
  },
): Draw {
  return (dice) => {
    const { options, because, ...asked } = ask(dice)
    const names = dice.shuffle(Object.keys(options))
    const form: Text = { en: 'the letters of all that are right', zh: '所有正确选项的字母' }
    const right = names.filter((name) => options[name]?.right)
    const toggled = (name: string) =>
      right.includes(name) ? right.filter((each) => each !== name) : [...right, name]
    const result: LineQuestion = {
      ...asked,
      kind: 'choices',
      form,
      options: names.map((name) => (options[name] as Option).text),
      right: right.join(' '),
      wrong: names
        .map((name) => ({ answer: toggled(name).join(' '), says: options[name]?.says as Text }))
        .filter(({ answer }) => answer !== ''),
      judge(given) {
        const taken = readOptions(given, names)
        if (taken === undefined) return unreadable(given, form)
        const amiss = names.find((name) => taken.includes(name) !== right.includes(name))
        if (amiss === undefined) return { status: 'pass', says: because }
        return { status: 'fail', says: options[amiss]?.says ?? wrongAnswer }
      },
    }
    return result
  }
}

/** All options are to be put in order; two that are known to be swapped are explained. */
export function order(
  ask: (dice: Dice) => Asked & {
    /** in the right order */
    readonly items: Readonly<Record<string, Text>>
    readonly swaps: readonly {
      readonly first: string
      readonly second: string
      readonly says: Text
    }[]
  },
): Draw {
  return (dice) => {
    const { items, swaps, because, ...asked } = ask(dice)
    const right = Object.keys(items)
    const names = dice.shuffle(right)
    const form: Text = {
      en: `${right.length} letters in order, such as ${right.map((_, at) => letter(at)).join(' ')}`,
      zh: `按顺序写 ${right.length} 个字母，例如 ${right.map((_, at) => letter(at)).join(' ')}`,
    }
    const result: LineQuestion = {
      ...asked,
      kind: 'order',
      form,
      options: names.map((name) => items[name] as Text),
      right: right.join(' '),
      wrong: swaps.map(({ first, second, says }) => ({
        answer: moved(right, first, second).join(' '),
        says,
      })),
      judge(given) {
        const taken = readOptions(given, names)
        if (taken?.length !== right.length) return unreadable(given, form)
        if (taken.every((name, at) => name === right[at])) return { status: 'pass', says: because }
        const swap = swaps.find(({ first, second }) => taken.indexOf(first) > taken.indexOf(second))
        return { status: 'fail', says: swap?.says ?? wrongAnswer }
      },
    }
    return result
  }
}

/** The order with `first` moved right behind `second`. */
function moved(names: readonly string[], first: string, second: string): string[] {
  return names.flatMap((name) => (name === first ? [] : name === second ? [second, first] : [name]))
}
