// Runs of a layer, as commands need them.
import type { Explanation } from '../layers/explanation.ts'
import type { Layer } from '../layers/layer.ts'
import type { Lecture } from '../render/explain/page.ts'
import type { Shape } from '../tensor/tensor.ts'
import type { Plan } from '../trace/plan.ts'
import { tracePlan } from '../trace/run.ts'
import type { Trace } from '../trace/trace.ts'
import type { Io } from './common.ts'

/** Multiply-adds above which a run leaves the thread that listens to Ctrl-C. */
const BACKGROUND_WORK = 2e7

/** A run with what the layer says of it, and what could be checked on it. */
export async function lectureOn(layer: Layer, trace: Trace): Promise<Lecture> {
  const { checkClaims } = await import('../trace/claims/check.ts')
  const explanations: Readonly<Record<string, Explanation>> = await layer.explain()
  return { trace, explanations, claims: checkClaims(trace, explanations) }
}

/** (B, O, H', W'), known before anything is computed. */
export function outputShapeOf(layer: Layer, plan: Plan): Shape {
  return layer.shapes(plan.config, plan.inputShape).output as Shape
}

/** A long run happens elsewhere, so that Ctrl-C is heard. */
export async function traceOf(
  layer: Layer,
  plan: Plan,
  given: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<Trace> {
  return plan.work > BACKGROUND_WORK && io.background
    ? io.background(layer.name, given, plan.provided)
    : tracePlan(layer, plan)
}
