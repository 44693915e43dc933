import { closestMatch } from 'leven'

/** The candidate that a mistyped word most likely means; undefined if none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const maxDistance = Math.min(3, Math.floor(word.length / 2))
  return closestMatch(word.toLowerCase(), candidates, { maxDistance })
}
