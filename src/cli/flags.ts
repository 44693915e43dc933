// Options as commander's flags. Values stay text: the option itself reads and checks them.
import { type Command, Option as Flag } from 'commander'
import { flagOf, type Option, type OptionTable, written } from '../base/options.ts'
import type { Language } from '../base/text.ts'

const words = new WeakMap<Flag, readonly string[]>()

/** The words that a flag takes, if it takes any: commander's own choices would check them, too. */
export function flagWords(flag: Flag): readonly string[] {
  return words.get(flag) ?? []
}

/** Adds a flag for every option of the table. */
export function addFlags(command: Command, table: OptionTable, language: Language): void {
  for (const [key, option] of Object.entries(table)) {
    const flag = new Flag(flagsOf(key, option), describe(option, language))
    if (option.words) words.set(flag, option.words)
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
