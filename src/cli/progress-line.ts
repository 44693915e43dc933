// How far long work has come, on stderr: a bar in a terminal, elsewhere a line at every tenth.
import type { Text } from '../base/text.ts'
import type { Report, RunPart } from '../run/expected.ts'
import type { Style } from '../show/style.ts'
import { bar } from '../show/text/pictures.ts'
import { cut } from '../show/text/width.ts'
import type { Output } from './settings.ts'

export interface ProgressLine {
  /**
   * @param part of the work that is done, 0 to 1
   * @param certain whether that tells how long the rest takes
   */
  show(part: number, words: Text, certain?: boolean): void
  /** Leaves the line to others. */
  clear(): void
}

/** Nothing is shown of work that is done by then, in milliseconds. */
const QUIET = 1000
/** What is left cannot be told before this part is done. */
const TELLING = 0.02
const MOST_CELLS = 24
/** Columns that stay empty, for the ^C that a terminal writes: behind a full line it begins the next. */
const BEHIND = 3
const CLEAR_LINE = '\r\u001b[K'

/** @param clock milliseconds from any start */
export function progressLine(output: Output, style: Style, clock: () => number): ProgressLine {
  const start = clock()
  let tenth = 0
  let shown = false
  const clear = () => {
    process.off('exit', clear)
    if (shown) output.write(CLEAR_LINE)
    shown = false
  }
  return {
    show(part, words, certain = true) {
      const elapsed = clock() - start
      if (elapsed < QUIET) return
      const telling = certain && part >= TELLING && part < 1
      const left = telling ? style.say(wordsFor(elapsed * (1 / part - 1))) : ''
      const line = `${String(Math.floor(part * 100)).padStart(3)}% ${style.say(words)}${left}`
      if (output.isTTY) {
        const room = Math.min(style.columns, output.columns || style.columns) - BEHIND
        const cells = Math.min(MOST_CELLS, Math.floor(room / 3))
        const picture = bar(part, cells, style.symbols).padEnd(cells)
        output.write(CLEAR_LINE + cut(`${picture} ${line}`, room))
        if (!shown) process.once('exit', clear) // whatever ends the program
        shown = true
      } else if (Math.floor(part * 10) > tenth) {
        tenth = Math.floor(part * 10)
        output.write(`${line.trimStart()}\n`)
      }
    },
    clear,
  }
}

function wordsFor(left: number): Text {
  const seconds = Math.ceil(left / 1000)
  if (seconds < 100) return { en: `, about ${seconds} s left`, zh: `，还需约 ${seconds} 秒` }
  const minutes = Math.round(seconds / 60)
  return { en: `, about ${minutes} min left`, zh: `，还需约 ${minutes} 分钟` }
}

export interface Meter {
  /** @param cost of what will be reported from now on */
  announce(cost: number): void
  readonly report: Report
  /** what is done by now, 0 to 1 */
  part(): number
  /** what it is doing */
  title(): Text
  /** whether that takes no longer than it should */
  onTime(): boolean
}

/**
 * How far work has come that tells of each part when it begins. Within a part it goes on as fast as
 * it did so far, up to that part's end.
 * @param clock milliseconds from any start
 */
export function createMeter(clock: () => number): Meter {
  const start = clock()
  let total = 0
  let begun = start
  let done = 0
  let current: RunPart = { title: { en: 'Starting', zh: '准备' }, cost: 0 }
  const since = () => (clock() - begun) / (done > 0 ? (begun - start) / done : 1)
  return {
    announce(cost) {
      total += cost
    },
    report(part) {
      begun = clock()
      done += current.cost
      current = part
    },
    part: () => (total === 0 ? 0 : Math.min(1, (done + Math.min(current.cost, since())) / total)),
    title: () => current.title,
    onTime: () => since() <= current.cost,
  }
}
