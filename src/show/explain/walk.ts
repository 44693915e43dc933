// The walk through a lecture as plain data and a pure function of the keys pressed. It knows neither
// the terminal nor how a layer is run: what it cannot decide itself it wishes for.
import type { Language } from '../../base/text.ts'
import type { Trace, ValueStep } from '../../trace/trace.ts'
import { extentOf, type Focus, moved, movedPixel, start } from './focus.ts'

export interface WalkState {
  /** the step shown, counted from 0 */
  readonly page: number
  readonly focus: Focus
  /** the arrows choose a pixel of the output, which is worked out */
  readonly pixel: boolean
  readonly help: boolean
  /** lines of the page above the first one shown */
  readonly scroll: number
  readonly language: Language
  /** what t goes through, the run's own first; empty for a layer without temperature */
  readonly temperatures: readonly number[]
  /** the temperature wished for */
  readonly temperature?: number
  /** said once, below the page, in answer to a key */
  readonly notice?: 'no temperature' | 'no experts' | 'one expert' | 'one sample'
  /** the walk is over */
  readonly end?: true
}

/** Worth seeing: the usual one, a warm and a hot one, and a cold one. */
const temperatures = [1, 5, 30, 0.2]

/** @param at a cell of the output to begin with, worked out */
export function startWalk(language: Language, trace: Trace, at?: ValueStep['at']): WalkState {
  const own = trace.config.temperature
  const hasOne = typeof own === 'number'
  const state = { page: 0, focus: start, pixel: false, help: false, scroll: 0, language }
  const warmth = {
    temperatures: hasOne ? [own, ...temperatures.filter((each) => each !== own)] : [],
    ...(hasOne && { temperature: own }),
  }
  if (at === undefined) return { ...state, ...warmth }
  const [sample, out, row, column] = at
  const focus = { ...start, sample, out, pixel: [row, column] as const }
  return { ...state, ...warmth, focus, pixel: true, page: trace.steps.length - 1 }
}

/** How long a page is and how much of it is seen: what scrolling needs to know. */
export interface Sight {
  readonly lines: number
  readonly rows: number
}

/**
 * The state after a key.
 * @param key a character, or the name of a key: left, pageup, escape
 * @param trace the run that is shown
 */
export function updateWalk(before: WalkState, key: string, trace: Trace, sight: Sight): WalkState {
  const { notice: _, ...state } = before
  if (key === 'q') return { ...state, end: true }
  if (key === '?' || key === 'h') return { ...state, help: !state.help, scroll: 0 }
  if (key === 'l') return { ...state, language: state.language === 'en' ? 'zh' : 'en' }
  if (scrolls[key]) return { ...state, scroll: scrolled(state.scroll, scrolls[key], sight) }
  if (state.help) return { ...state, help: false, scroll: 0 }
  if (key === 'p') return { ...state, pixel: !state.pixel, scroll: 0, page: trace.steps.length - 1 }
  if (key === 't') return warmer(state)
  if (state.pixel && key === 'escape') return { ...state, pixel: false, scroll: 0 }
  if (state.pixel && arrows[key])
    return { ...state, focus: movedPixel(state.focus, extentOf(trace), arrows[key]) }
  return refocused(state, key, trace)
}

const scrolls: Readonly<Record<string, 1 | -1>> = { pagedown: 1, pageup: -1, space: 1 }

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  left: [0, -1],
  right: [0, 1],
  up: [-1, 0],
  down: [1, 0],
}

const turns: Readonly<
  Record<
    string,
    { part: Exclude<keyof Focus, 'pixel'>; by: 1 | -1; alone?: 'one expert' | 'one sample' }
  >
> = {
  up: { part: 'expert', by: -1, alone: 'one expert' },
  down: { part: 'expert', by: 1, alone: 'one expert' },
  s: { part: 'sample', by: 1, alone: 'one sample' },
  S: { part: 'sample', by: -1, alone: 'one sample' },
  o: { part: 'out', by: 1 },
  O: { part: 'out', by: -1 },
  c: { part: 'in', by: 1 },
  C: { part: 'in', by: -1 },
}

/** The arrows and letters that turn to another page, or to another part of it. */
function refocused(state: WalkState, key: string, trace: Trace): WalkState {
  if (key === 'left' || key === 'right' || key === 'return') {
    const page = state.page + (key === 'left' ? -1 : 1)
    const last = trace.steps.length - 1
    return page < 0 || page > last ? state : { ...state, page, scroll: 0 }
  }
  if (key === 'home') return { ...state, page: 0, scroll: 0 }
  if (key === 'end') return { ...state, page: trace.steps.length - 1, scroll: 0 }
  const turn = turns[key]
  if (turn === undefined) return state
  const extent = extentOf(trace)
  if (turn.alone && extent[turn.part] === 1) {
    // more of them is no option of a layer that mixes nothing
    const none = turn.alone === 'one expert' && !('kernels' in trace.config)
    return { ...state, notice: none ? 'no experts' : turn.alone }
  }
  return { ...state, focus: moved(state.focus, extent, turn.part, turn.by) }
}

function scrolled(scroll: number, by: 1 | -1, { lines, rows }: Sight): number {
  const most = Math.max(0, lines - rows)
  // a line of the last screen stays in sight
  return Math.min(most, Math.max(0, Math.min(scroll, most) + by * Math.max(1, rows - 1)))
}

/** On to the next temperature of the list. */
function warmer(state: WalkState): WalkState {
  const { temperatures: all, temperature } = state
  if (temperature === undefined) return { ...state, notice: 'no temperature' }
  return { ...state, temperature: all[(all.indexOf(temperature) + 1) % all.length] as number }
}
