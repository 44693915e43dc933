// What a reader has chosen: language, place, temperature and attention. Keys and sliders make
// actions; an action makes the next state.
import type { Language } from '../../../base/text.ts'
import type { Trace } from '../../../trace/trace.ts'
import type { ValueChange } from '../../../trace/vary.ts'
import { type Focus, start } from '../../explain/focus.ts'

export interface PageState {
  readonly language: Language
  readonly focus: Focus
  readonly change: ValueChange
}

export type Action =
  | { readonly do: 'speak'; readonly language: Language }
  | { readonly do: 'look'; readonly at: Partial<Focus> }
  | { readonly do: 'heat'; readonly temperature: number }
  | { readonly do: 'weigh'; readonly step: string; readonly values: Float32Array }
  | { readonly do: 'reset' }

const none: ValueChange = { values: {} }

export function startState(language: Language, trace: Trace): PageState {
  const [, , rows = 1, columns = 1] = trace.steps.at(-1)?.shape ?? []
  // a pixel inside, whose window shows more than padding
  const pixel = [Math.floor(rows / 3), Math.floor(columns / 3)] as const
  return { language, focus: { ...start, pixel }, change: none }
}

export function reduce(state: PageState, action: Action): PageState {
  const { change } = state
  switch (action.do) {
    case 'speak':
      return { ...state, language: action.language }
    case 'look':
      return { ...state, focus: { ...state.focus, ...action.at } }
    case 'heat':
      // attention set by hand would hide what the temperature does
      return { ...state, change: { temperature: action.temperature, values: {} } }
    case 'weigh':
      return {
        ...state,
        change: { ...change, values: { ...change.values, [action.step]: action.values } },
      }
    case 'reset':
      return { ...state, change: none }
    default:
      return action satisfies never
  }
}

/** Whether the run is no longer the one that was saved. */
export function isChanged({ change }: PageState): boolean {
  return change.temperature !== undefined || Object.keys(change.values).length > 0
}
