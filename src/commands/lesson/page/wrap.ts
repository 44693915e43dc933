import type { Style } from '../../../show/style.ts'
import { paragraph } from '../../../show/text/layout.ts'

/** Prose as lines of at most that width; **strong** and `code` are painted, word by word. */
export function wrap(text: string, width: number, style: Style): string[] {
  const { bold, cyan } = style.colors
  const painted = style
    .plain(text)
    .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => words.replace(/\S+/g, (word) => bold(word)))
    .replace(/`([^`]+)`/g, (_, words: string) => words.replace(/\S+/g, (word) => cyan(word)))
  return paragraph(painted, width)
}
