// Options as commander's flags. Values stay text: the option itself reads and checks them.
import { type Command, Option as Flag } from 'commander'
import { flagOf, type Option, type OptionTable, written } from '../base/options.ts'
import type { Language } from '../base/text.ts'
import type { Session } from './io.ts'

/** Adds to a command what it takes and does, and what Tab may suggest. */
export type Define = (command: Command, session: Session) => void

/** What may stand in place of the last of these words, which is being typed. */
export type Suggest = (words: readonly string[]) => readonly string[] | Promise<readonly string[]>

const suggestions = new WeakMap<Command | Flag, Suggest>()

/** Says what Tab may put behind a command's name or behind a flag. */
export function suggest(behind: Command | Flag, names: Suggest): void {
  suggestions.set(behind, names)
}

/** What may stand behind it; commander's own choices would check it, too. */
export function suggestionsFor(
  behind: Command | Flag,
  words: readonly string[],
): readonly string[] | Promise<readonly string[]> {
  return suggestions.get(behind)?.(words) ?? []
}

/** Adds a flag for every option of the table. */
export function addFlags(command: Command, table: OptionTable, language: Language): void {
  for (const [key, option] of Object.entries(table)) {
    const flag = new Flag(flagsOf(key, option), describe(option, language))
    const { words } = option
    if (words) suggest(flag, () => words)
    command.addOption(flag)
  }
}

function flagsOf(key: string, { short, placeholder }: Option<unknown>): string {
  if (placeholder === undefined) return `--no-${key}`
  return `${short ? `-${short}, ` : ''}${flagOf(key)} <${placeholder}>`
}

function describe(option: Option<unknown>, language: Language): string {
  const { help, placeholder, fallback, fallbackText } = option
  if (placeholder === undefined) return help[language]
  const usual = fallbackText?.[language] ?? written(fallback)
  const gap = /^\p{Script=Han}/u.test(usual) ? '' : ' '
  return help[language] + { en: ` (default: ${usual})`, zh: `（默认${gap}${usual}）` }[language]
}
