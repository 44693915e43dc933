// Sums of products, written out.
import { decimal } from '../../base/format.ts'

/** Terms that are written; of longer sums the end is left out, and dots say so. */
const TERMS = 8

/** The first terms, dots for those left out; only the first needs no brackets around a minus. */
export function termsText(terms: readonly string[], most = TERMS): string[] {
  const shown = terms.length > most ? [...terms.slice(0, most), '…'] : terms
  return shown.map((term, at) => (at === 0 ? term.replace(/^\((-[^)]*)\)/, '$1') : `+ ${term}`))
}

export function productText(factors: readonly number[]): string {
  return factors.map(signedText).join('·')
}

/** A number behind a sign of its own. */
export function signedText(value: number): string {
  const text = decimal(value)
  return text.startsWith('-') ? `(${text})` : text
}
