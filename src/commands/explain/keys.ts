// The walk in a terminal: keys in, frames out.
import type { Language } from '../../base/text.ts'
import type { Terminal } from '../../cli/io.ts'
import { frame, takeOver } from '../../cli/terminal.ts'
import type { Lecture } from '../../show/explain/page.ts'
import { type ExplainView, walkView } from '../../show/explain/view.ts'
import { startWalk, updateWalk } from '../../show/explain/walk.ts'
import type { Style } from '../../show/style.ts'
import type { ValueStep } from '../../trace/trace.ts'

export interface Walk {
  readonly language: Language
  /** a cell of the output to begin with, worked out */
  readonly at?: ValueStep['at']
  /** the run, or the same run at another temperature */
  lectureAt(temperature?: number): Promise<Lecture>
  styleFor(language: Language, columns: number): Style
}

/**
 * Shows the walk until the reader leaves it.
 * @returns the exit code: 0, or 130 after Ctrl-C
 */
export async function walkThrough({ keyboard, screen }: Terminal, walk: Walk): Promise<number> {
  let shown: ExplainView = await walk.lectureAt()
  let state = startWalk(walk.language, shown.trace, walk.at)
  const draw = () => {
    const style = walk.styleFor(state.language, screen.columns || 80)
    const { lines, sight } = walkView(shown, state, style, screen.rows || 24)
    screen.write(frame(lines))
    return sight
  }

  let giveBack = () => {}
  let left = false
  try {
    return await new Promise<number>((resolve, reject) => {
      const orReject = (action: () => void) => () => {
        try {
          action()
        } catch (error) {
          reject(error)
        }
      }
      let sight = { lines: 0, rows: 1 }
      let turn = Promise.resolve()
      const press = async (name: string) => {
        const { temperature } = state
        state = updateWalk(state, name, shown.trace, sight)
        if (state.end) return resolve(0)
        if (state.temperature !== temperature) {
          const { before: _, ...last } = shown
          shown = { ...(await walk.lectureAt(state.temperature)), before: last }
        }
        if (left) return // during that run
        sight = draw()
      }
      const redraw = orReject(() => {
        sight = draw()
      })
      giveBack = takeOver(
        keyboard,
        screen,
        (name) => {
          if (name === 'ctrl-c')
            resolve(130) // at once, even while a run is under way
          // the other keys wait for each other, since a run at another temperature takes its time
          else turn = turn.then(() => press(name)).catch(reject)
        },
        redraw,
      )
      redraw()
    })
  } finally {
    left = true
    giveBack()
  }
}
