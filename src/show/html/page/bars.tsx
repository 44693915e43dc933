// A few values, each a bar to the left or the right of zero.
import { decimal } from '../../../base/format.ts'
import type { Step } from '../../../trace/trace.ts'
import { axisWords, labelOf } from '../../axes.ts'
import { valuesOfSample } from '../../explain/view-of.ts'
import { boundOf } from './colors.ts'
import { more } from './page-words.ts'
import { useScene } from './scene.ts'

/** More values than this are counted, not shown. */
const MOST = 16

export function Bars({ step }: { step: Step }) {
  const { variant, focus, voice } = useScene()
  const values = valuesOfSample(variant.trace, step, focus.sample)
  const shown = [...values.subarray(0, MOST)]
  const largest = step.kind === 'weights' ? 1 : boundOf(values) || 1
  const signed = shown.some((value) => value < 0)
  const hidden = values.length - shown.length
  const [axis = 'value'] = step.axes
  const label = (k: number) =>
    axis === 'batch' ? labelOf(step, k, voice) : `${voice.say(axisWords[axis])} ${k}`
  return (
    <div class={signed ? 'bars signed' : 'bars'}>
      {shown.map((value, k) => (
        <div key={label(k)} class="bar">
          <span>{label(k)}</span>
          <data value={value}>{decimal(value)}</data>
          <span class="track" aria-hidden>
            <span
              class={value < 0 ? 'below' : 'above'}
              style={{
                width: `${(100 * Math.min(1, Math.abs(value) / largest)) / (signed ? 2 : 1)}%`,
              }}
            />
          </span>
        </div>
      ))}
      {hidden > 0 && <p class="how">{voice.say(more(hidden))}</p>}
    </div>
  )
}
