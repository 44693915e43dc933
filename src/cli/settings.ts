// What the surroundings say: language, colours and width, from flags first, then from the
// environment and the terminal.
import { type Language, languages } from '../base/text.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** As much of an output stream as the program asks for. */
export interface Output {
  write(text: string): boolean
  readonly isTTY?: boolean
  readonly columns?: number
}

/** How pages are to look, where flags say so. */
export interface Look {
  /** columns to fill */
  readonly columns?: number
  readonly color: boolean
  /** only ASCII characters */
  readonly ascii: boolean
}

/**
 * The language to speak: --lang, else the locale of LC_ALL, LC_MESSAGES or LANG, else the system's.
 * It is read off the arguments by hand, since the parser's own messages already need it.
 */
export function languageOf(args: readonly string[], env: Environment, system: string): Language {
  const at = args.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const flag = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
  const asked = languages.find((language) => language === flag)
  if (asked) return asked
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || system
  return languages.find((language) => locale.toLowerCase().startsWith(language)) ?? 'en'
}

/** chalk's level: 0 none, 1 sixteen colours, 2 a palette of 256, 3 any colour. */
export function colorLevel(wanted: boolean, env: Environment, output: Output): 0 | 1 | 2 | 3 {
  if (!wanted || env.NO_COLOR) return 0
  const forced = env.FORCE_COLOR
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0
    return forced === '2' ? 2 : forced === '3' ? 3 : 1
  }
  if (!output.isTTY || env.TERM === 'dumb') return 0
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3
  return env.TERM?.includes('256') ? 2 : 1
}

/** The width of a terminal that does not say it, and of a pipe. */
const USUAL_WIDTH = 80

export function outputWidth(flag: number | undefined, output: Output): number {
  return flag ?? (output.columns || USUAL_WIDTH)
}
