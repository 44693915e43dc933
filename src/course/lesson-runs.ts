// What lessons ask of layers: costs and shapes without running them, values by running them.
import { type LayerName, layers } from '../layers/index.ts'
import { shapeOf } from '../run/dry-run.ts'
import { planRun } from '../run/plan.ts'
import { traceLayer } from '../run/run.ts'
import type { Shape } from '../tensor/tensor.ts'
import type { CostLine, CostPart } from '../trace/parts.ts'
import { stepOf } from '../trace/query.ts'

type LayerSettings = Readonly<Record<string, number | string | boolean>>

/** Parameters and multiply-adds per sample, in all and by line. */
export function costFor(name: LayerName, given: LayerSettings) {
  const { cost } = planRun(layers[name], given).declared
  const line = (id: CostPart) => cost.lines.find((each) => each.id === id) as CostLine
  return { ...cost, line }
}

/** The shape of a step. */
export function shapeFor(name: LayerName, given: LayerSettings, step: string): Shape {
  return shapeOf(planRun(layers[name], given).declared, step)
}

/** The values of a step. */
export function valuesFor(name: LayerName, given: LayerSettings, step: string): number[] {
  return [...stepOf(traceLayer(layers[name], given), step).values]
}
