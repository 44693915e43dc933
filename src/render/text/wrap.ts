// Paragraphs broken into lines: at blanks, and between Chinese characters, but neither inside a
// word or number nor before a closing mark.
import { widthOf } from './layout.ts'

/** A blank, a Chinese character or a word, with the marks that must stay with it. */
const unit =
  /\s+|[（《“]*(?:\p{Script=Han}|[^\s\p{Script=Han}，。：；！？、（）《》“”]+)?[，。：；！？、）》”]*/gu

/** @param indent what every line but the first begins with; it counts in the width */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(unit) ?? []) {
    if (line !== '' && widthOf(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = indent + piece.trimStart()
    } else line += piece
  }
  return [...lines, line.trimEnd()]
}
