import { convolutionOf, type Part } from '../../../bench/part.ts'
import type { Layer } from '../../../layers/layer.ts'
import { ops } from '../../../tensor/ops.ts'
import type { Tensor } from '../../../tensor/tensor.ts'
import type { Plan } from '../../../trace/plan.ts'
import { drawRun, tracePlan } from '../../../trace/run.ts'
import { untraced } from '../../../trace/untraced.ts'
import type { Ready } from '../contender.ts'

/** The layer as it is, checks included and leaving no trace, or its convolution alone. */
export function readyConvlab(part: Part, layer: Layer, plan: Plan): Ready {
  const run = part === 'layer' ? forwardOf(layer, plan) : conv2dOf(layer, plan)
  return { run, output: async () => run().data }
}

function forwardOf(layer: Layer, plan: Plan): () => Tensor {
  const { x, parameters } = drawRun(layer, plan)
  return () => layer.forward(plan.config, parameters, x, untraced)
}

function conv2dOf(layer: Layer, plan: Plan): () => Tensor {
  const { x, w, b, attributes } = convolutionOf(tracePlan(layer, plan))
  return () => ops.conv2d([x, w, b], attributes)
}
