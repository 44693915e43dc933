// The forward pass on shapes alone: every step's shape, and the cost, before anything is computed.
import type { ConfigOf, OptionTable } from '../base/options.ts'
import type { Layer, ParameterSpec } from '../layers/layer.ts'
import type { Shape } from '../tensor/tensor.ts'
import { costOf } from '../trace/cost.ts'
import type { Cost } from '../trace/parts.ts'
import {
  createTracer,
  hollow,
  onShapes,
  type Parameters,
  type Step,
  type Trace,
} from '../trace/trace.ts'

export interface DryRun {
  /** with shapes, without values */
  readonly steps: readonly Step[]
  readonly parameters: Trace['parameters']
  /** what is drawn, in that order: of a name that stands twice, the last draw counts */
  readonly draws: readonly ParameterSpec[]
  readonly cost: Cost
}

/** @param config one that the layer's check has let pass */
export function dryRun<Options extends OptionTable>(
  layer: Layer<Options>,
  config: ConfigOf<Options>,
  inputShape: Shape,
): DryRun {
  const draws = layer.parameters(config)
  const specs = new Map(draws.map((spec) => [spec.name, spec]))
  const tensors: Parameters = Object.fromEntries(
    [...specs].map(([name, { shape }]) => [name, hollow(shape)]),
  )
  const x = hollow(inputShape)
  const { steps, tracer } = createTracer(x, tensors, layer.steps, { compute: onShapes })
  layer.forward(config, tensors, x, tracer)
  const parameters = [...specs.values()].map(({ name, shape, buffer }) => ({
    name,
    shape,
    ...(buffer && { buffer }),
    values: new Float32Array(),
  }))
  return { steps, parameters, draws, cost: costOf({ steps, parameters }) }
}

/** The shape of a step. */
export function shapeOf({ steps }: Pick<DryRun, 'steps'>, id: string): Shape {
  return steps.find((step) => step.id === id)?.shape ?? []
}
