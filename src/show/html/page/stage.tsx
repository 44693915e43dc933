// Input, kernel and output side by side: where the window of the chosen output value lies.
import { useMemo } from 'preact/hooks'
import { shapeText } from '../../../base/format.ts'
import { border, type Geometry, windowAt } from '../../../tensor/geometry.ts'
import { at, type Tensor, tensor } from '../../../tensor/tensor.ts'
import { stepOf } from '../../../trace/query.ts'
import type { Trace, WindowStep } from '../../../trace/trace.ts'
import type { MapOf } from '../../../trace/vary.ts'
import { convolutionStepOf, lastOf } from '../../../trace/window.ts'
import { kernelPlace } from '../../explain/focus.ts'
import { boundOf } from './colors.ts'
import { Legend } from './legend.tsx'
import { HeatMap, type Mark, Marks } from './map.tsx'
import { OutputMap } from './output.tsx'
import { mapLabel, words } from './page-words.ts'
import { useScene } from './scene.ts'

/** @param step the value that is worked out; undefined where no one window makes it */
export function StepStage({ step }: { step: WindowStep | undefined }) {
  const { lecture, focus, voice } = useScene()
  const { say } = voice
  const output = lastOf(lecture.trace)
  const bound = useMemo(() => boundOf(output.values), [output])
  return (
    <div class="stage">
      {step && <Read step={step} />}
      {step && <Kernel step={step} />}
      <figure>
        <figcaption>
          {say({ en: 'Output', zh: '输出' })}
          <small>
            {say({ en: `channel ${focus.out}`, zh: `通道 ${focus.out}` })} ·{' '}
            {shapeText(output.shape)}
          </small>
        </figcaption>
        <OutputMap bound={bound} />
        <Legend bound={bound} />
      </figure>
    </div>
  )
}

/** The channel that is read, with the window marked. */
function Read({ step }: { step: WindowStep }) {
  const { variant, focus, voice } = useScene()
  const { say } = voice
  const convolution = convolutionStepOf(variant.trace)
  const read = stepOf(variant.trace, convolution.from[0] as string)
  const channel = kernelPlace(variant.trace, focus).in
  const maps = variant.maps[read.id] as MapOf
  const geometry = convolution.attributes
  const input = useMemo(
    () => padded(maps(focus.sample, channel), geometry),
    [maps, focus.sample, channel, geometry],
  )
  const bound = useMemo(() => boundOf(read.values), [read])
  const [rows, columns] = input.shape as [number, number]
  return (
    <figure>
      <figcaption>
        {say(read.title)}
        <small>
          {say({ en: `channel ${channel}`, zh: `通道 ${channel}` })} · {shapeText(read.shape)}
        </small>
      </figcaption>
      <HeatMap
        map={input}
        bound={bound}
        label={say(mapLabel(say(read.title), channel, rows, columns))}
      >
        <Marks marks={marksOf(variant.trace, step)} rows={rows} columns={columns} />
      </HeatMap>
      <Legend bound={bound} />
    </figure>
  )
}

/** What the window is multiplied with. */
function Kernel({ step }: { step: WindowStep }) {
  const { variant, focus, voice } = useScene()
  const { say } = voice
  const place = kernelPlace(variant.trace, focus)
  const [, kh, kw] = step.shape as [number, number, number]
  const bound = boundOf(step.kernel)
  return (
    <figure class="small">
      <figcaption>
        {say(words.kernel)}
        <small>
          {focus.out} ← {place.in}
        </small>
      </figcaption>
      <HeatMap
        map={at(tensor(step.kernel, step.shape), place.at)}
        bound={bound}
        label={say(mapLabel(say(words.kernel), place.in, kh, kw))}
      />
      <Legend bound={bound} />
    </figure>
  )
}

/** The map with the zeros that padding puts around it. */
function padded(map: Tensor, geometry: Geometry): Tensor {
  const [top, left] = [border(geometry, 0), border(geometry, 1)]
  const [H, W] = map.shape as [number, number]
  const [rows, columns] = [H + top.before + top.behind, W + left.before + left.behind]
  const values = new Float32Array(rows * columns)
  for (let i = 0; i < H; i++) values.set(at(map, i).data, (i + top.before) * columns + left.before)
  return tensor(values, [rows, columns])
}

/** The cells of the padded map that the window reads. */
function marksOf(trace: Trace, step: WindowStep): Mark[] {
  const geometry = convolutionStepOf(trace).attributes
  const unlimited = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const
  const [, , i, j] = step.at
  const { rows, columns } = windowAt({ ...geometry, padding: [0, 0] }, unlimited, [i, j])
  return rows.flatMap((row) =>
    columns.flatMap((column) => (row === null || column === null ? [] : [{ row, column }])),
  )
}
