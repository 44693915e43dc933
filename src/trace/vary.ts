// A run with its temperature or its attention changed, as a reader does in play: what depends on
// them is computed anew along the graph.
import { at, type Tensor, tensor } from '../tensor/tensor.ts'
import { stepOf, tensorOf } from './query.ts'
import { replay } from './replay.ts'
import type { Step, Trace } from './trace.ts'

/** Channel c of sample n of a step (B, C, H, W): (H, W). */
export type MapOf = (n: number, c: number) => Tensor

/** A run to look at, map by map. */
export interface Variant {
  readonly trace: Trace
  /** the maps of a step; the same function in every variant where the step is the same */
  readonly maps: Readonly<Record<string, MapOf>>
}

export interface ValueChange {
  /** of every step that has one */
  readonly temperature?: number
  /** values by step id, in place of the computed ones */
  readonly values: Readonly<Record<string, Float32Array>>
}

/** The run as it is. */
export function unchanged(trace: Trace): Variant {
  const maps = trace.steps.map((step): [string, MapOf] => [step.id, mapsOf(step)])
  return { trace, maps: Object.fromEntries(maps) }
}

function mapsOf(step: Step): MapOf {
  return (n, c) => at(tensorOf(step), n, c)
}

/** The run as it would be with that change. */
export function vary({ trace, maps }: Variant, { temperature, values }: ValueChange): Variant {
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

  const anew = replay(other, given, undefined, stale)
  const changed = steps.map((step): Step => {
    const now = anew[step.id]
    return now ? { ...step, values: now.data } : step
  })
  const changedMaps = changed.map((step): [string, MapOf] => {
    return [step.id, anew[step.id] ? mapsOf(step) : (maps[step.id] as MapOf)]
  })
  return { trace: { ...other, steps: changed }, maps: Object.fromEntries(changedMaps) }
}
