// What can be changed: temperature, attention, and where to look.
import type { Text } from '../../../base/text.ts'
import type { WindowStep } from '../../../trace/trace.ts'
import { type Focus, kernelPlace } from '../../explain/focus.ts'
import { AttentionSliders } from './attention.tsx'
import { words } from './page-words.ts'
import { useScene } from './scene.ts'

/** @param step the value that is worked out; undefined where no one window makes it */
export function Controls({ step }: { step: WindowStep | undefined }) {
  const { extent, focus, changed, lecture, voice, dispatch } = useScene()
  const { say } = voice
  const range = (size: number) => Array.from({ length: size }, (_, at) => at)
  const weighing = lecture.trace.steps.some(({ kind }) => kind === 'weights')
  return (
    <div class="controls">
      <div class="pickers">
        <Picker name={words.sample} part="sample" choices={range(extent.sample)} />
        <Picker name={words.outChannel} part="out" choices={range(extent.out)} />
        {step && (
          <Picker
            name={words.inChannel}
            part="in"
            choices={step.reads.channels}
            chosen={kernelPlace(lecture.trace, focus).in}
          />
        )}
        <Picker name={words.expert} part="expert" choices={range(extent.expert)} />
        <NumberField
          name={words.row}
          value={focus.pixel[0]}
          size={extent.pixel[0]}
          onPick={(row) => dispatch({ do: 'look', at: { pixel: [row, focus.pixel[1]] } })}
        />
        <NumberField
          name={words.column}
          value={focus.pixel[1]}
          size={extent.pixel[1]}
          onPick={(column) => dispatch({ do: 'look', at: { pixel: [focus.pixel[0], column] } })}
        />
      </div>
      {weighing ? (
        <>
          <p class="how">{say(words.slideHow)}</p>
          <Temperature />
          <AttentionSliders />
          <button
            type="button"
            class="reset"
            disabled={!changed}
            onClick={() => dispatch({ do: 'reset' })}
          >
            {say(words.reset)}
          </button>
        </>
      ) : (
        <p class="how">{say(words.noAttention)}</p>
      )}
    </div>
  )
}

interface PickerProps {
  readonly name: Text
  readonly part: Exclude<keyof Focus, 'pixel'>
  readonly choices: readonly number[]
  /** the focused one if absent */
  readonly chosen?: number
}

/** A choice of one index; none where there is nothing to choose. */
function Picker({ name, part, choices, ...given }: PickerProps) {
  const { focus, voice, dispatch } = useScene()
  if (choices.length < 2) return null
  const { chosen = focus[part] } = given
  return (
    <label class="picker">
      <span>{voice.say(name)}</span>
      <select
        value={chosen}
        onChange={({ currentTarget }) =>
          dispatch({ do: 'look', at: { [part]: Number(currentTarget.value) } })
        }
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  )
}

interface NumberFieldProps {
  readonly name: Text
  readonly value: number
  /** whole numbers below it may be chosen */
  readonly size: number
  onPick(value: number): void
}

function NumberField({ name, value, size, onPick }: NumberFieldProps) {
  const { voice } = useScene()
  return (
    <label class="picker">
      <span>{voice.say(name)}</span>
      <input
        type="number"
        min={0}
        max={size - 1}
        value={value}
        onInput={({ currentTarget }) => {
          const given = currentTarget.valueAsNumber
          if (Number.isInteger(given) && given >= 0 && given < size) onPick(given)
        }}
      />
    </label>
  )
}

/** Powers of ten that the slider reaches, and its step. */
const LOWEST = -1
const HIGHEST = 2
const STEP = 0.01

function Temperature() {
  const { variant, voice, dispatch } = useScene()
  const { temperature } = variant.trace.config
  if (typeof temperature !== 'number') return null
  const heat = (value: number) => {
    if (value > 0 && Number.isFinite(value)) dispatch({ do: 'heat', temperature: value })
  }
  const power = Math.log10(temperature)
  return (
    <div class="slider">
      <label for="temperature">{voice.say(words.temperature)}</label>
      <input
        id="temperature"
        type="range"
        min={Math.min(LOWEST, Math.floor(power))}
        max={Math.max(HIGHEST, Math.ceil(power))}
        step={STEP}
        value={power}
        aria-valuetext={String(temperature)}
        aria-describedby="temperature-how"
        onInput={({ currentTarget }) =>
          heat(Number((10 ** currentTarget.valueAsNumber).toPrecision(3)))
        }
      />
      <input
        type="number"
        class="exact"
        min={0}
        step="any"
        value={temperature}
        aria-label={voice.say(words.exactTemperature)}
        onChange={({ currentTarget }) => heat(currentTarget.valueAsNumber)}
      />
      <p id="temperature-how" class="how">
        {voice.say(words.lowHot)}
      </p>
    </div>
  )
}
