// The channels of a feature map, small, to choose one from.
import { useCallback, useMemo } from 'preact/hooks'
import { stepOf } from '../../../trace/query.ts'
import type { Step } from '../../../trace/trace.ts'
import type { MapOf } from '../../../trace/vary.ts'
import { axisWords } from '../../axes.ts'
import { boundOf } from './colors.ts'
import { Legend } from './legend.tsx'
import { Thumb } from './map.tsx'
import { more } from './page-words.ts'
import { useScene } from './scene.ts'

/** Channels shown at once, the chosen one among them. */
const MOST = 64

export function Gallery({ step, part }: { step: Step; part: 'in' | 'out' }) {
  const { lecture, focus, voice } = useScene()
  const saved = stepOf(lecture.trace, step.id)
  const bound = useMemo(() => boundOf(saved.values), [saved])
  const channels = step.shape[1] as number
  const first = Math.floor(Math.min(focus[part], channels - 1) / MOST) * MOST
  const count = Math.min(MOST, channels - first)
  return (
    <div>
      <div class={channels > 16 ? 'gallery many' : 'gallery'}>
        {Array.from({ length: count }, (_, at) => (
          <Channel key={first + at} step={step} channel={first + at} part={part} bound={bound} />
        ))}
      </div>
      {count < channels && <p class="how">{voice.say(more(channels - count))}</p>}
      <Legend bound={bound} />
    </div>
  )
}

interface ChannelProps {
  readonly step: Step
  readonly channel: number
  readonly part: 'in' | 'out'
  readonly bound: number
}

function Channel({ step, channel, part, bound }: ChannelProps) {
  const { variant, focus, voice, dispatch } = useScene()
  const { sample } = focus
  const maps = variant.maps[step.id] as MapOf
  const read = useCallback(() => maps(sample, channel), [maps, sample, channel])
  const [, , rows, columns] = step.shape as [number, number, number, number]
  return (
    <button
      type="button"
      aria-label={`${voice.say(axisWords.channel)} ${channel}`}
      aria-pressed={focus[part] === channel}
      onClick={() => dispatch({ do: 'look', at: { [part]: channel } })}
    >
      <Thumb read={read} shape={[rows, columns]} bound={bound} />
      <span aria-hidden>{channel}</span>
    </button>
  )
}
