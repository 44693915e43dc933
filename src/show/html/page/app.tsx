// The whole page: its head, the place to play, and the steps.
import { useEffect, useMemo, useReducer } from 'preact/hooks'
import type { Language, Text } from '../../../base/text.ts'
import { unchanged, vary } from '../../../trace/vary.ts'
import { extentOf } from '../../explain/focus.ts'
import type { Lecture } from '../../explain/page.ts'
import { PageHead } from './head.tsx'
import { Play } from './play.tsx'
import { type Scene, SceneContext, voiceOf } from './scene.ts'
import { isChanged, reduce, startState } from './state.ts'
import { Steps } from './steps.tsx'
import { useDark } from './theme.ts'

interface AppProps {
  readonly lecture: Lecture
  /** the layer in a sentence */
  readonly summary: Text
  readonly language: Language
}

export function App({ lecture, summary, ...opening }: AppProps) {
  const { trace } = lecture
  const [state, dispatch] = useReducer(reduce, startState(opening.language, trace))
  const { language, focus, change } = state
  const changed = isChanged(state)
  const saved = useMemo(() => unchanged(trace), [trace])
  const variant = useMemo(() => (changed ? vary(saved, change) : saved), [saved, change, changed])
  const extent = useMemo(() => extentOf(trace), [trace])
  const dark = useDark()
  const scene: Scene = {
    lecture,
    variant,
    byHand: new Set(Object.keys(change.values)),
    changed,
    focus,
    extent,
    language,
    voice: voiceOf(language),
    dark,
    dispatch,
  }
  useEffect(() => {
    document.documentElement.lang = language
    document.title = trace.title[language]
  }, [language, trace])
  return (
    <SceneContext.Provider value={scene}>
      <PageHead summary={summary} />
      <main>
        <Play />
        <Steps />
      </main>
    </SceneContext.Provider>
  )
}
