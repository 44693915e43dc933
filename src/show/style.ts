// How a page is to be shown: language, width, colours and symbols, all decided by the caller.
import type { ChalkInstance } from 'chalk'
import { decimal } from '../base/format.ts'
import type { Language, Phrase, PhraseText, Text } from '../base/text.ts'
import { asciiOf, asciiSymbols, type Symbols, unicodeSymbols } from './symbols.ts'

export interface Style {
  readonly language: Language
  /** terminal cells in a line */
  readonly columns: number
  /** paints nothing at level 0 */
  readonly colors: ChalkInstance
  readonly symbols: Symbols
  /** words in this style's language and characters */
  say(text: Text | PhraseText): string
  /** maths, names and other words that are the same in every language */
  plain(text: string): string
}

export function createStyle(
  language: Language,
  columns: number,
  colors: ChalkInstance,
  ascii: boolean,
): Style {
  const plain = ascii ? asciiOf : (text: string) => text
  return {
    language,
    columns,
    colors,
    symbols: ascii ? asciiSymbols : unicodeSymbols,
    plain,
    say(text) {
      return plain(wordsOf(text[language]))
    },
  }
}

/** A phrase with its numbers rounded. */
export function wordsOf(words: string | Phrase): string {
  return typeof words === 'string' ? words : words.map(part).join('')
}

function part(value: string | number): string {
  if (typeof value === 'string') return value
  return Number.isSafeInteger(value) ? String(value) : decimal(value)
}
