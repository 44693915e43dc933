// The characters that pictures are drawn with, and their stand-ins for terminals and fonts that
// have only ASCII. Both hold the same information.

export interface Symbols {
  /** a bar's cell by how full it is, from empty to full */
  readonly bar: readonly string[]
  /** a column of a histogram by its height, from lowest to highest */
  readonly column: readonly string[]
}

export const unicodeSymbols: Symbols = {
  bar: [...' ▏▎▍▌▋▊▉█'],
  column: [...'▁▂▃▄▅▆▇█'],
}

export const asciiSymbols: Symbols = {
  bar: [' ', '#'],
  column: [...'_.:-=+*#'],
}

const spelled: Readonly<Record<string, string>> = {
  '×': 'x',
  '·': '*',
  Σ: 'sum ',
  π: 'pi',
  '…': '...',
  '→': '->',
  '√': 'sqrt ',
  '²': '^2',
}

/** The same words with every mathematical character spelled out. Chinese stays Chinese. */
export function asciiOf(text: string): string {
  return text.replace(/[×·Σπ…→√²]/g, (character) => spelled[character] ?? character)
}
