// A terminal taken over and given back: raw keys, the alternate screen, no cursor.
import { emitKeypressEvents, type Key } from 'node:readline'

type Listener<Arguments extends unknown[]> = (...values: Arguments) => void

/** As much of the keyboard as is needed. */
export interface Keyboard extends NodeJS.ReadableStream {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
}

/** As much of the screen as is needed. */
export interface Screen {
  write(text: string): boolean
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  on(event: 'resize', listener: Listener<[]>): unknown
  off(event: 'resize', listener: Listener<[]>): unknown
}

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const HOME = '\u001b[H'
const CLEAR_LINE = '\u001b[K'
const CLEAR_BELOW = '\u001b[J'

/** Signals that end the program, with the exit code that says so. */
const endings = { SIGTERM: 143, SIGHUP: 129 } as const

/** Takes the terminal over; the function returned gives it back, and so does any end of the program. */
export function takeOver(
  keyboard: Keyboard,
  screen: Screen,
  onKey: (name: string) => void,
  onResize: () => void,
): () => void {
  const pressed = (text: string | undefined, key: Key) => onKey(nameOf(text, key))
  const ended = Object.entries(endings).map(
    ([signal, code]) => [signal, () => process.exit(code)] as const,
  )
  let taken = true
  const giveBack = () => {
    if (!taken) return
    taken = false
    process.off('exit', giveBack)
    for (const [signal, end] of ended) process.off(signal, end)
    keyboard.off('keypress', pressed)
    screen.off('resize', onResize)
    keyboard.setRawMode?.(false)
    keyboard.pause()
    screen.write(LEAVE)
  }
  process.on('exit', giveBack) // also after an error, or a signal from outside
  for (const [signal, end] of ended) process.on(signal, end)
  screen.write(ENTER)
  emitKeypressEvents(keyboard)
  keyboard.setRawMode?.(true)
  keyboard.resume()
  keyboard.on('keypress', pressed)
  screen.on('resize', onResize)
  return giveBack
}

/** A screenful; each line overwrites the one before it, so that nothing flickers. */
export function frame(lines: readonly string[]): string {
  return HOME + lines.map((line) => line + CLEAR_LINE).join('\r\n') + CLEAR_BELOW
}

/** A character as it is typed, or the name of a key: left, pagedown, ctrl-c. */
function nameOf(text: string | undefined, { name, ctrl, sequence }: Key): string {
  if (ctrl && name === 'c') return 'ctrl-c'
  return name !== undefined && name.length > 1 ? name : (text ?? sequence ?? '')
}
