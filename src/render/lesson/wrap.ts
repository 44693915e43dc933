// Breaks prose into lines: between words, and between any two Chinese characters, but never so
// that a closing mark starts a line.
import type { Style } from '../style.ts'
import { widthOf } from '../text/layout.ts'

/** **strong** and `code` are painted; every other character stands for itself. */
export function wrap(text: string, width: number, style: Style): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const { text: part, paint } of units(style.plain(text), style)) {
    const size = widthOf(part.trimEnd())
    if (used > 0 && used + size > width) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    if (used === 0 && part.trim() === '') continue
    line += paint(part)
    used += widthOf(part)
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()]
}

interface Unit {
  readonly text: string
  paint(text: string): string
}

/** The smallest parts that stay whole, each with the blanks behind it. */
function units(text: string, style: Style): Unit[] {
  const { bold, cyan } = style.colors
  const asIs = (part: string) => part
  const spans = text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter((span) => span !== '')
  const parts = spans.flatMap((span): Unit[] => {
    if (span.startsWith('`')) return split(span.slice(1, -1)).map((text) => ({ text, paint: cyan }))
    if (span.startsWith('**'))
      return split(span.slice(2, -2)).map((text) => ({ text, paint: bold }))
    return split(span).map((text) => ({ text, paint: asIs }))
  })
  return parts.reduce<Unit[]>(glue, [])
}

const WIDE = '[\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef]'
const CLOSING = /^[，。；：、！？）》”’,.;:!?)\]]/u
const OPENING = /[（《“‘([]$/u

function split(text: string): string[] {
  return text.match(new RegExp(`${WIDE}\\s*|(?:(?!${WIDE})\\S)+\\s*|\\s+`, 'gu')) ?? []
}

/** A closing mark stays with what is before it, an opening one with what follows. */
function glue(done: Unit[], next: Unit): Unit[] {
  const last = done.at(-1)
  if (last === undefined) return [next]
  const close = CLOSING.test(next.text) && !/\s$/.test(last.text)
  if (!close && !OPENING.test(last.text)) return [...done, next]
  const { text, paint } = last
  const joined = {
    text: text + next.text,
    paint: (whole: string) =>
      whole.endsWith(next.text)
        ? paint(whole.slice(0, whole.length - next.text.length)) + next.paint(next.text)
        : whole,
  }
  return [...done.slice(0, -1), joined]
}
