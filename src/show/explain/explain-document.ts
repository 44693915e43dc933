// Every page of a lecture as one text, for reading and for pipes.
import type { Style } from '../style.ts'
import { temperatureText } from '../summary.ts'
import { paragraph } from '../text/layout.ts'
import { start } from './focus.ts'
import { type Lecture, pageOf } from './page.ts'

/** The pieces of the text, a page each; every one ends in a line break. */
export function* renderExplanation(lecture: Lecture, style: Style): Generator<string> {
  const pages = lecture.trace.steps.length + (lecture.window ? 1 : 0)
  const unnamed = temperatureText(lecture.trace)
  const lines = unnamed ? [...paragraph(style.say(unnamed), style.columns), ''] : []
  yield [`convlab ${lecture.trace.command}`, '', ...lines, ''].join('\n')
  for (let page = 0; page < pages; page++) {
    const { head, body } = pageOf(lecture, page, start, style)
    yield `${[...head, ...body].map((line) => line.trimEnd()).join('\n')}\n${page + 1 < pages ? '\n\n' : ''}`
  }
}
