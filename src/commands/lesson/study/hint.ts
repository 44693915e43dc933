import type { Question } from '../../../course/question.ts'
import type { Style } from '../../../show/style.ts'
import { proseWidth } from '../page/page.ts'
import { wrap } from '../page/wrap.ts'

/** The hint that is shown as number 1, 2, or, as number 3, the worked solution. */
export function hintLines(question: Question, number: number, style: Style): string[] {
  const hint = question.hints[number - 1]
  const title = hint
    ? { en: `Hint ${number} of 2`, zh: `提示 ${number}（共 2 条）` }
    : { en: 'Worked solution', zh: '解答' }
  const text = (hint ?? question.solution)[style.language]
  return [style.colors.bold(style.say(title)), ...wrap(text, proseWidth(style), style)]
}
