// Questions whose answer is a number or a shape. Both the answer and the wrong answers that are
// understood are values, so that all of them can be computed.
import type { Text } from '../../base/text.ts'
import type { Dice } from '../dice.ts'
import {
  type Draw,
  drawUntil,
  type Help,
  type LineQuestion,
  normal,
  unreadable,
  wrongAnswer,
} from '../question.ts'

/** A question with the student's numbers: what is asked, the answer, and known mistakes. */
export interface Posed<Answer> extends Help {
  readonly ask: Text
  readonly answer: Answer
  readonly mistakes: readonly { readonly answer: Answer; readonly says: Text }[]
  /** said after a right answer: why it is right */
  readonly because: Text
}

/** How answers of a kind are read, compared and written. */
interface Reading<Answer> {
  readonly kind: 'number' | 'shape'
  readonly form: Text
  read(given: string): Answer | undefined
  same(a: Answer, b: Answer): boolean
  write(answer: Answer): string
}

function question<Answer>(
  { kind, form, read, same, write }: Reading<Answer>,
  pose: (dice: Dice) => Posed<Answer>,
): Draw {
  return (dice) => {
    const posed = drawUntil(
      () => pose(dice),
      ({ answer, mistakes }) => {
        const all = [answer, ...mistakes.map((mistake) => mistake.answer)]
        return all.every((one, at) => all.slice(at + 1).every((other) => !same(one, other)))
      },
    )
    const result: LineQuestion = {
      kind,
      ask: posed.ask,
      form,
      options: [],
      hints: posed.hints,
      solution: posed.solution,
      right: write(posed.answer),
      wrong: posed.mistakes.map(({ answer, says }) => ({ answer: write(answer), says })),
      judge(given) {
        const answer = read(normal(given))
        if (answer === undefined) return unreadable(given, form)
        if (same(answer, posed.answer)) return { status: 'pass', says: posed.because }
        const mistake = posed.mistakes.find((each) => same(answer, each.answer))
        return { status: 'fail', says: mistake?.says ?? wrongAnswer }
      },
    }
    return result
  }
}

/** A number; `tolerance` is the largest difference that still counts as right. */
export function number(
  { tolerance }: { readonly tolerance: number },
  pose: (dice: Dice) => Posed<number>,
): Draw {
  const digits = tolerance === 0 ? 0 : Math.ceil(-Math.log10(tolerance)) + 1
  return question(
    {
      kind: 'number',
      form:
        tolerance === 0
          ? { en: 'a whole number, such as 448', zh: '一个整数，例如 448' }
          : { en: `a number, within ${tolerance}`, zh: `一个数，误差不超过 ${tolerance}` },
      read: readNumber,
      same: (a, b) => Math.abs(a - b) <= tolerance * (1 + 1e-9), // 0.3 - 0.2 is a little above 0.1
      write: (answer) => String(Number(answer.toFixed(digits))),
    },
    pose,
  )
}

/** Sizes, however they are written: 30x30, 30 30, [30, 30], torch.Size([30, 30]). */
export function shape(pose: (dice: Dice) => Posed<readonly number[]>): Draw {
  return question(
    {
      kind: 'shape',
      form: { en: 'sizes, such as 30x30 or [30, 30]', zh: '各维大小，例如 30x30 或 [30, 30]' },
      read(given) {
        const bare = given.replace(/^torch\.size/i, '').replace(/[()[\]\s]+/g, ' ')
        const parts = bare.split(/[\s,xX×*]+/).filter((part) => part !== '')
        return parts.length > 0 && parts.every((part) => /^\d+$/.test(part))
          ? parts.map(Number)
          : undefined
      },
      same: (a, b) => a.length === b.length && a.every((size, axis) => size === b[axis]),
      write: (sizes) => sizes.join('x'),
    },
    pose,
  )
}

/** 0.25, -.5, 1,234, 1/4, 25% */
function readNumber(given: string): number | undefined {
  const text = given.replace(/^(-?\d{1,3}(,\d{3})+)(?=$|\.)/, (whole) => whole.replaceAll(',', ''))
  const fraction = /^(-?\d+)\s*\/\s*(\d+)$/.exec(text)
  if (fraction) return Number(fraction[1]) / Number(fraction[2])
  const match = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*(%?)$/i.exec(text)
  return match ? Number(match[1]) / (match[2] ? 100 : 1) : undefined
}
