// How far long work has come, on stderr: a bar in a terminal, elsewhere a line at every tenth.
import type { Style } from '../render/style.ts'
import { bar } from '../render/text/pictures.ts'
import type { Text } from '../text.ts'
import type { Output } from './settings.ts'

export interface ProgressLine {
  /** @param part of the work that is done, 0 to 1 */
  show(part: number, words: Text): void
  /** Leaves the line to others. */
  clear(): void
}

const CELLS = 24
const CLEAR_LINE = '\r\u001b[K'

export function progressLine(output: Output, style: Style): ProgressLine {
  let tenth = 0
  return {
    show(part, words) {
      if (output.isTTY) {
        const cells = bar(part, CELLS, style.symbols).padEnd(CELLS)
        output.write(`${CLEAR_LINE}${cells} ${style.say(words)}`)
      } else if (Math.floor(part * 10) > tenth) {
        tenth = Math.floor(part * 10)
        output.write(`${style.say(words)}\n`)
      }
    },
    clear() {
      if (output.isTTY) output.write(CLEAR_LINE)
    },
  }
}
