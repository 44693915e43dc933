import type { Layer } from '../../../layers/layer.ts'
import type { Plan } from '../../../trace/plan.ts'
import { drawRun } from '../../../trace/run.ts'
import { untraced } from '../../../trace/untraced.ts'
import type { Ready } from '../contender.ts'

/** The layer as it is, checks included, leaving no trace. */
export function readyConvlab(layer: Layer, plan: Plan): Ready {
  const { x, parameters } = drawRun(layer, plan)
  const forward = () => layer.forward(plan.config, parameters, x, untraced)
  return { forward, output: async () => forward().data }
}
