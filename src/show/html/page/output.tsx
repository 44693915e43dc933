// The output channel that is looked at. Whoever points at one of its values, or moves there with
// the arrow keys, has it worked out.
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Pair } from '../../../tensor/geometry.ts'
import type { MapOf } from '../../../trace/vary.ts'
import { lastOf } from '../../../trace/window.ts'
import { movedPixel } from '../../explain/focus.ts'
import { HeatMap, Marks } from './map.tsx'
import { mapLabel, words } from './page-words.ts'
import { useScene } from './scene.ts'

const arrows: Readonly<Record<string, Pair>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export function OutputMap({ bound }: { bound: number }) {
  const { variant, focus, extent, voice, dispatch } = useScene()
  const maps = variant.maps[lastOf(variant.trace).id] as MapOf
  const { sample, out, pixel } = focus
  const map = useMemo(() => maps(sample, out), [maps, sample, out])
  const [rows, columns] = extent.pixel
  const { say } = voice
  const look = (at: Pair) => {
    if (at[0] !== pixel[0] || at[1] !== pixel[1]) dispatch({ do: 'look', at: { pixel: at } })
  }
  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const part = (at: number, start: number, length: number, size: number) =>
      Math.max(0, Math.min(size - 1, Math.floor(((at - start) / length) * size)))
    look([
      part(event.clientY, box.top, box.height, rows),
      part(event.clientX, box.left, box.width, columns),
    ])
  }
  const press = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const by = arrows[event.key]
    if (by === undefined) return
    event.preventDefault()
    look(movedPixel(focus, extent, by).pixel)
  }
  return (
    <div
      class="pick"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys of its own
      tabIndex={0}
      role="application"
      aria-label={say(words.pickOutput)}
      aria-describedby="value"
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={press}
    >
      <HeatMap
        map={map}
        bound={bound}
        label={say(mapLabel(say({ en: 'Output', zh: '输出' }), out, rows, columns))}
      >
        <Marks marks={[{ row: pixel[0], column: pixel[1] }]} rows={rows} columns={columns} />
      </HeatMap>
    </div>
  )
}
