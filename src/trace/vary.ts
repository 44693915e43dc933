// A run with its temperature or its attention changed, as a reader does in play: what depends on
// them is computed anew along the graph, and the maps behind the convolution only as they are seen.
import { at, type Tensor, tensor } from '../tensor/tensor.ts'
import { channelOf } from './channel.ts'
import { stepOf, tensorOf } from './query.ts'
import { replay } from './replay.ts'
import type { Step, Trace } from './trace.ts'
import { makerOf } from './window.ts'

/** A run to look at, map by map. */
export interface Variant {
  /** behind the convolution, a step's `values` are computed when they are first read */
  readonly trace: Trace
  /** channel c of sample n of a step (B, C, H, W): (H, W) */
  map(id: string, n: number, c: number): Tensor
}

export interface Change {
  /** of every step that has one */
  readonly temperature?: number
  /** values by step id, in place of the computed ones */
  readonly values: Readonly<Record<string, Float32Array>>
}

/** The run as it is. */
export function unchanged(trace: Trace): Variant {
  return { trace, map: (id, n, c) => at(tensorOf(stepOf(trace, id)), n, c) }
}

/** The run as it would be with that change. */
export function vary(trace: Trace, { temperature, values }: Change): Variant {
  const stale = new Set<string>()
  const steps = trace.steps.map((step) => {
    if (temperature === undefined || !('temperature' in step.attributes)) return step
    if (step.attributes.temperature === temperature) return step
    stale.add(step.id)
    return { ...step, attributes: { ...step.attributes, temperature } } as Step
  })
  const config = { ...trace.config, ...(temperature !== undefined && { temperature }) }
  const other: Trace = { ...trace, config, steps }
  const given = Object.fromEntries(
    Object.entries(values).map(([id, data]) => [id, tensor(data, stepOf(trace, id).shape)]),
  )

  const { convolution } = makerOf(other)
  const made = steps.findIndex(({ id }) => id === convolution.id)
  const before = replay(other, given, steps[made - 1]?.id, stale)
  let rest: Readonly<Record<string, Tensor>> | undefined
  const behind = (id: string) => {
    rest ??= replay(other, before, undefined, stale)
    return (rest[id] as Tensor | undefined)?.data ?? stepOf(trace, id).values
  }
  const varied = steps.map((step, index): Step => {
    if (index < made) return { ...step, values: before[step.id]?.data ?? step.values }
    return {
      ...step,
      get values() {
        return behind(step.id)
      },
    }
  })
  const changed: Trace = { ...other, steps: varied }
  const later = new Set(varied.slice(made).map(({ id }) => id))
  return {
    trace: changed,
    map: (id, n, c) =>
      later.has(id) ? channelOf(changed, id, n, c) : at(tensorOf(stepOf(changed, id)), n, c),
  }
}
