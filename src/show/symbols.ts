// The characters that pictures are drawn with, and their stand-ins for terminals and fonts that
// have only ASCII. Both hold the same information.

export interface Symbols {
  /** a bar's cell by how full it is, from empty to full */
  readonly bar: readonly string[]
  /** a column of a histogram by its height, from lowest to highest */
  readonly column: readonly string[]
  /** a cell of a heat map by its value, from lowest to highest */
  readonly shade: readonly string[]
  /** a zero that padding put there */
  readonly padding: string
  /** between a value and how far off it may be */
  readonly plusMinus: string
  /** in front of a claim that held, and of one that did not */
  readonly check: { readonly yes: string; readonly no: string }
}

export const unicodeSymbols: Symbols = {
  bar: [...' ▏▎▍▌▋▊▉█'],
  column: [...'▁▂▃▄▅▆▇█'],
  shade: [...' ░▒▓█'],
  padding: '·',
  plusMinus: '±',
  check: { yes: '✓', no: '✗' },
}

export const asciiSymbols: Symbols = {
  bar: [' ', '#'],
  column: [...'_.:-=+*#'],
  shade: [...' .:*#'],
  padding: '.',
  plusMinus: '+-',
  check: { yes: '[ok]', no: '[no]' },
}

const spelled: Readonly<Record<string, string>> = {
  '×': 'x',
  '·': '*',
  Σ: 'sum ',
  π: 'pi',
  '…': '...',
  '→': '->',
  '≠': '!=',
  '√': 'sqrt ',
  '±': '+-',
  '²': '^2',
}

const spelledOut = new RegExp(`[${Object.keys(spelled).join('')}]`, 'g')

/** The same words with every mathematical character spelled out. Chinese stays Chinese. */
export function asciiOf(text: string): string {
  return text.replace(spelledOut, (character) => spelled[character] ?? character)
}
