// What every part of the page sees: the run as it was saved and as it is now, where the reader
// looks, and how to say things.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Language } from '../../../base/text.ts'
import type { Variant } from '../../../trace/vary.ts'
import type { Extent, Focus } from '../../explain/focus.ts'
import type { Lecture } from '../../explain/page.ts'
import { type Style, wordsOf } from '../../style.ts'
import type { Action } from './state.ts'

export interface Scene {
  /** as it was saved */
  readonly lecture: Lecture
  /** as it is now */
  readonly variant: Variant
  /** the steps whose values were set by hand */
  readonly byHand: ReadonlySet<string>
  readonly changed: boolean
  readonly focus: Focus
  readonly extent: Extent
  readonly language: Language
  readonly voice: Voice
  readonly dark: boolean
  dispatch(action: Action): void
}

/** How words and maths are written here. */
export type Voice = Pick<Style, 'say' | 'plain'>

export function voiceOf(language: Language): Voice {
  return { say: (text) => wordsOf(text[language]), plain: (text) => text }
}

export const SceneContext = createContext<Scene | undefined>(undefined)

export function useScene(): Scene {
  const scene = useContext(SceneContext)
  if (scene === undefined) throw new Error('a part of the page stands outside it')
  return scene
}
