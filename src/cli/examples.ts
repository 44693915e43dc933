// Examples behind a command's help: lines, and what each shows.
import type { Text } from '../base/text.ts'

export function examplesOf(lines: readonly (readonly [command: string, what: Text])[]): Text {
  const width = Math.max(...lines.map(([command]) => command.length))
  const block = (language: keyof Text) =>
    lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what[language]}`).join('\n')
  return { en: `\nExamples:\n${block('en')}`, zh: `\n例子：\n${block('zh')}` }
}
