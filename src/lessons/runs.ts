// What lessons ask of layers: costs and shapes without running them, values by running them.
import { type LayerName, layers } from '../layers/index.ts'
import { type CostLine, type Layer, totalCost } from '../layers/layer.ts'
import type { Shape } from '../tensor/tensor.ts'
import { planRun } from '../trace/plan.ts'
import { stepOf } from '../trace/query.ts'
import { traceLayer } from '../trace/run.ts'

type Given = Readonly<Record<string, number | string | boolean>>

/** Parameters and multiply-adds per sample, in all and by line. */
export function costFor(name: LayerName, given: Given) {
  const layer = layers[name] as Layer
  const { config, inputShape } = planRun(layer, given)
  const lines = layer.cost(config, inputShape)
  const line = (id: CostLine['id']) => lines.find((each) => each.id === id) as CostLine
  return { ...totalCost(lines), line }
}

/** The shape of a step. */
export function shapeFor(name: LayerName, given: Given, step: string): Shape {
  const layer = layers[name] as Layer
  const { config, inputShape } = planRun(layer, given)
  return layer.shapes(config, inputShape)[step] as Shape
}

/** The values of a step. */
export function valuesFor(name: LayerName, given: Given, step: string): number[] {
  return [...stepOf(traceLayer(layers[name] as Layer, given), step).values]
}
