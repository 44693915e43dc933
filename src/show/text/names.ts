// A list of things that a command can show, by the names that it takes.
import type { Text } from '../../base/text.ts'
import type { Style } from '../style.ts'
import { indent, paragraph, widthOf } from './layout.ts'

interface Named {
  readonly name: string
  readonly title: Text
}

/** What they are, every one in a line or two, and how to see one; ends in a line break. */
export function renderNames(intro: Text, items: readonly Named[], see: Text, style: Style): string {
  const names = Math.max(...items.map(({ name }) => widthOf(name)))
  const lines = items.flatMap(({ name, title }) => {
    const gap = ' '.repeat(names - widthOf(name) + 2)
    const [first = '', ...more] = paragraph(style.say(title), style.columns - names - 4)
    return [`  ${style.colors.cyan(name)}${gap}${first}`, ...indent(more, ' '.repeat(names + 4))]
  })
  const page = [
    ...paragraph(style.say(intro), style.columns),
    '',
    ...lines,
    '',
    ...paragraph(style.say(see), style.columns).map((line) => style.colors.dim(line)),
  ]
  return `${page.join('\n')}\n`
}
