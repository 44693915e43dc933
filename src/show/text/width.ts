import { stripVTControlCharacters } from 'node:util'
import { eastAsianWidth } from 'get-east-asian-width'

/** Most lines are made of these alone, and each of them takes one cell. */
const plain = /^[ -~×…─-▟]*$/

/**
 * Terminal cells that a line takes: two for a Chinese character, none for colours. An emoji that is
 * made of several counts as all of them; string-width knows better, but takes a fifth of a
 * program's start to load.
 */
export function widthOf(text: string): number {
  return plain.test(text) ? text.length : sumOfCells(text)
}

function sumOfCells(text: string): number {
  // accents, joiners and other characters that stand in no cell of their own
  const weightless = /[\p{Mark}\p{Format}\p{Control}]/u
  let cells = 0
  for (const character of stripVTControlCharacters(text))
    if (!weightless.test(character)) cells += eastAsianWidth(character.codePointAt(0) as number)
  return cells
}

/** As much of the text as stands in that many terminal cells. */
export function cut(text: string, cells: number): string {
  let kept = ''
  for (const character of text) {
    if (widthOf(kept + character) > cells) break
    kept += character
  }
  return kept
}
