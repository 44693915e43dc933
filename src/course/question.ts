// What every kind of question shares: it is asked in words, it judges an answer, and it says why.
import type { Text } from '../base/text.ts'
import type { Dice } from './dice.ts'
import type { Value } from './values.ts'

/** What came of an answer. */
export interface Assessment {
  /**
   * unreadable: not an answer at all, so that it does not count as a try;
   * error: code that could not be judged by what it gives, since it did not get so far
   */
  readonly status: 'pass' | 'fail' | 'error' | 'unreadable'
  readonly says: Text
  /** what the learner's own code printed */
  readonly output?: Printed
}

/** The first lines that code printed. */
export interface Printed {
  readonly text: string
  /** whether it printed more than is kept */
  readonly more: boolean
}

/** Two hints, then the worked solution. */
export interface Help {
  readonly hints: readonly [Text, Text]
  readonly solution: Text
}

/** A question that is answered in a line, with this student's numbers in it. */
export interface LineQuestion extends Help {
  readonly kind: 'number' | 'shape' | 'choice' | 'choices' | 'order' | 'command'
  readonly ask: Text
  /** how an answer is written */
  readonly form: Text
  /** what there is to choose from, in the order of its letters: a, b, c ... */
  readonly options: readonly Text[]
  /** a right answer, computed */
  readonly right: string
  /** wrong answers that are understood, each with its diagnosis */
  readonly wrong: readonly { readonly answer: string; readonly says: Text }[]
  judge(given: string): Assessment
}

/** One call of the learner's function, for which the reference gives `expected`. */
export interface Case {
  readonly input: readonly Value[]
  readonly expected: Value
}

/** An edit of the worked solution that makes a known mistake: what to replace, and by what. */
export interface CodeMistake {
  readonly edit: readonly [from: string, to: string]
  readonly says: Text
}

export interface CodeQuestion extends Help {
  readonly kind: 'code'
  readonly ask: Text
  /** the function to write */
  readonly function: string
  readonly because: Text
  readonly mistakes: readonly CodeMistake[]
  cases(dice: Dice): readonly Case[]
}

export type Question = LineQuestion | CodeQuestion

/** Makes a student's question. */
export type Draw = (dice: Dice) => Question

/** Throws again until `fits`: until no wrong answer is right by chance, say. */
export function drawUntil<T>(draw: () => T, fits: (value: T) => boolean): T {
  for (let tries = 0; tries < 200; tries++) {
    const value = draw()
    if (fits(value)) return value
  }
  throw new Error('a question cannot keep its wrong answers apart from its right one')
}

/** 'a' for 0 */
export function letter(index: number): string {
  return String.fromCharCode(97 + index)
}

/** Full-width digits, letters and marks as an input method types them -> plain ones. */
export function normal(given: string): string {
  return given.normalize('NFKC').replace(/[−–—]/g, '-').replace(/[、]/g, ',').trim()
}

/** Behind what is not shown to its end. */
export const cutOff: Text = { en: '(The rest is cut off.)', zh: '（其余部分已截断。）' }

export const wrongAnswer: Text = { en: 'That is not it.', zh: '不对。' }

/** A verdict on something that does not read as an answer. */
export function unreadable(given: string, form: Text): Assessment {
  const shown = given === '' ? { en: 'nothing', zh: '空' } : { en: given, zh: given }
  return {
    status: 'unreadable',
    says: {
      en: `Given ${shown.en}, expected ${form.en}.`,
      zh: `收到的是 ${shown.zh}，应为${form.zh}。`,
    },
  }
}
