// A slider for every weight of the attention: it shows what the layer gave, and can be moved.
import { decimal } from '../../../base/format.ts'
import type { Step } from '../../../trace/trace.ts'
import { labelOf } from '../../axes.ts'
import { valuesOfSample } from '../../explain/view-of.ts'
import { areShares, withWeight } from './hand.ts'
import { more, words } from './page-words.ts'
import { useScene } from './scene.ts'

/** Weights of more than this many are not all given a slider. */
const MOST = 16
/** The slider's steps between 0 and 1. */
const STEP = 0.001

export function AttentionSliders() {
  const { trace } = useScene().variant
  const steps = trace.steps.filter(({ kind }) => kind === 'weights')
  // the one that mixes kernels is what the layer is about
  const mixing = ({ axes, shape }: Step) => (shape[axes.indexOf('expert')] ?? 1) > 1
  const first = steps.find(mixing) ?? steps[0]
  return (
    <>
      {steps.map((step) => (
        <Group key={step.id} step={step} open={step.id === first?.id} />
      ))}
    </>
  )
}

function Group({ step, open }: { step: Step; open: boolean }) {
  const { variant, focus, byHand, voice } = useScene()
  const weights = valuesOfSample(variant.trace, step, focus.sample)
  const { say } = voice
  const hidden = weights.length - MOST
  return (
    <details class="attention" open={open} data-step={step.id}>
      <summary>
        {say(step.title)}
        {byHand.has(step.id) && <em> {say(words.setByHand)}</em>}
      </summary>
      <div class="weights">
        {[...weights.subarray(0, MOST)].map((weight, k) => (
          <Weight key={`${step.id}-${k}`} step={step} k={k} weight={weight} weights={weights} />
        ))}
      </div>
      {hidden > 0 && <p class="how">{say(more(hidden))}</p>}
    </details>
  )
}

interface WeightProps {
  readonly step: Step
  readonly k: number
  readonly weight: number
  readonly weights: Float32Array
}

function Weight({ step, k, weight, weights }: WeightProps) {
  const { focus, voice, dispatch } = useScene()
  const id = `weight-${step.id}-${k}`
  const size = weights.length
  return (
    <div class="slider">
      <label for={id}>{labelOf(step, k, voice)}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={STEP}
        value={weight}
        disabled={size === 1 && areShares(step)}
        aria-valuetext={decimal(weight)}
        onInput={({ currentTarget }) => {
          const chosen = currentTarget.valueAsNumber
          const values = withWeight(step, size, focus.sample, k, chosen)
          dispatch({ do: 'weigh', step: step.id, values })
        }}
      />
      <data value={weight}>{decimal(weight)}</data>
    </div>
  )
}
