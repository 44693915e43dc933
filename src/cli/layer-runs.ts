// Runs of a layer, as commands need them.
import type { Explanation } from '../layers/explanation.ts'
import type { Layer } from '../layers/layer.ts'
import { partsOf, type Report, type RunPart } from '../run/expected.ts'
import type { Plan } from '../run/plan.ts'
import { tracePlan } from '../run/run.ts'
import type { Lecture } from '../show/explain/page.ts'
import type { Shape } from '../tensor/tensor.ts'
import type { Trace } from '../trace/trace.ts'
import type { Threads } from './io.ts'

/** A run with what the layer says of it, and what could be checked on it. */
export async function lectureOn(layer: Layer, trace: Trace): Promise<Lecture> {
  const { checkClaims } = await import('../trace/checks/check-claims.ts')
  const explanations: Readonly<Record<string, Explanation>> = await layer.explain()
  return { trace, explanations, claims: checkClaims(trace, explanations) }
}

/** (B, O, H', W'), known before anything is computed. */
export function outputShapeOf({ declared }: Plan): Shape {
  return declared.steps.at(-1)?.shape ?? []
}

/** Whether work of that cost is to be offloaded: starting a thread takes about 60 milliseconds. */
export function isLong(cost: number, io: Threads): boolean {
  return io.offload !== undefined && cost > 300
}

/** A run that tells of its parts, if somebody listens. */
export async function traceOf(layer: Layer, plan: Plan, report?: Report): Promise<Trace> {
  if (report === undefined) return tracePlan(layer, plan)
  const parts = partsOf(plan)
  return tracePlan(layer, plan, (id) => report(parts.get(id) as RunPart))
}
