// The head of a section: its title, and behind it how to read it.
import type { Text } from '../../base/text.ts'
import type { Style } from '../style.ts'
import { paragraph } from '../text/layout.ts'

export function heading(title: Text, how: Text, style: Style): string[] {
  const { bold, dim } = style.colors
  const name = style.say(title)
  // broken first and painted line by line, so that no colour runs across an end of line
  return paragraph(`${name}  ${style.say(how)}`, style.columns, '  ').map((line, at) =>
    at === 0 ? bold(name) + dim(line.slice(name.length)) : dim(line),
  )
}
