// The place to play: sliders and pickers, then input, kernel and output, and the chosen output
// value worked out.
import { useMemo } from 'preact/hooks'
import { isWindow, valueStep } from '../../../trace/window.ts'
import { Controls } from './controls.tsx'
import { words } from './page-words.ts'
import { useScene } from './scene.ts'
import { StepStage } from './stage.tsx'
import { WindowView } from './window.tsx'

export function Play() {
  const { variant, focus, voice } = useScene()
  const { sample, out, pixel } = focus
  const step = useMemo(
    () => valueStep(variant.trace, [sample, out, ...pixel]),
    [variant, sample, out, pixel],
  )
  const window = isWindow(step) ? step : undefined
  return (
    <section class="play" aria-labelledby="play">
      <h2 id="play">{voice.say(words.play)}</h2>
      <p class="how">{voice.say(words.pointHow)}</p>
      <Controls step={window} />
      <StepStage step={window} />
      <WindowView step={step} />
    </section>
  )
}
