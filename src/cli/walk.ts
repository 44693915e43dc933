// The walk in a terminal: the alternate screen, raw keys, and a frame a key. The terminal is put
// back whatever happens.
import { emitKeypressEvents, type Key } from 'node:readline'
import type { Layer } from '../layers/layer.ts'
import type { Lecture } from '../render/explain/page.ts'
import { type Shown, walkView } from '../render/explain/view.ts'
import { startWalk, update, type WalkState } from '../render/explain/walk.ts'
import type { Style } from '../render/style.ts'
import type { Language } from '../text.ts'

/** As much of the keyboard as the walk needs. */
export interface Keyboard {
  readonly isTTY?: boolean
  setRawMode(raw: boolean): unknown
  resume(): unknown
  pause(): unknown
  on(event: 'keypress', listener: (text: string | undefined, key: Key) => void): unknown
  off(event: 'keypress', listener: (text: string | undefined, key: Key) => void): unknown
}

/** As much of the screen. */
export interface Screen {
  write(text: string): boolean
  readonly columns?: number
  readonly rows?: number
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'

export interface Walk {
  readonly keyboard: Keyboard
  readonly screen: Screen
  readonly language: Language
  readonly layer: Layer
  /** the run, and the same run at another temperature */
  lectureAt(temperature?: number): Promise<Lecture>
  styleFor(language: Language, columns: number): Style
}

/**
 * Shows the walk until the reader leaves it.
 * @returns the exit code: 0, or 130 after Ctrl-C
 */
export async function walkThrough(walk: Walk): Promise<number> {
  const { keyboard, screen } = walk
  const first = await walk.lectureAt()
  let shown: Shown = first
  let state = startWalk(walk.language)
  const draw = () => {
    const frame = frameOf(shown, state, walk)
    screen.write(frame.text)
    return frame.sight
  }

  const restore = enter(keyboard, screen)
  try {
    return await new Promise<number>((resolve, reject) => {
      let sight = draw()
      let turn = Promise.resolve()
      const press = async (name: string) => {
        const { temperature } = state
        state = update(state, name, shown.trace, sight)
        if (state.end) return resolve(state.end === 'interrupt' ? 130 : 0)
        if (state.temperature !== temperature)
          shown = { ...(await walk.lectureAt(state.temperature)), before: shown }
        sight = draw()
      }
      // keys wait for each other, since a run at another temperature takes its time
      keyboard.on('keypress', (text, key) => {
        turn = turn.then(() => press(nameOf(text, key))).catch(reject)
      })
      screen.on('resize', () => {
        sight = draw()
      })
    })
  } finally {
    restore()
  }
}

function frameOf(shown: Shown, state: WalkState, { screen, styleFor }: Walk) {
  const columns = screen.columns || 80
  const rows = screen.rows || 24
  const { lines, sight } = walkView(shown, state, styleFor(state.language, columns), rows)
  // each line overwrites the one before it, so nothing flickers
  const text = `\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`
  return { text, sight }
}

/** Takes the terminal over; the function returned gives it back, and does so only once. */
function enter(keyboard: Keyboard, screen: Screen): () => void {
  let entered = true
  const restore = () => {
    if (!entered) return
    entered = false
    process.off('exit', restore)
    for (const signal of ENDING) process.off(signal, ended)
    keyboard.setRawMode(false)
    keyboard.pause()
    screen.write(LEAVE)
  }
  const ended = (signal: NodeJS.Signals) => {
    restore()
    process.exit(128 + (signal === 'SIGHUP' ? 1 : 15))
  }
  process.on('exit', restore) // also after an error, or a Ctrl-C from outside
  for (const signal of ENDING) process.on(signal, ended)
  emitKeypressEvents(process.stdin)
  keyboard.setRawMode(true)
  keyboard.resume()
  screen.write(ENTER)
  return restore
}

const ENDING = ['SIGTERM', 'SIGHUP'] as const

function nameOf(text: string | undefined, { name, ctrl, shift, sequence }: Key): string {
  if (ctrl && name === 'c') return 'ctrl-c'
  if (name !== undefined && name.length > 1) return name
  return shift && name ? name.toUpperCase() : (text ?? sequence ?? '')
}
