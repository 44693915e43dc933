// One forward pass: input, parameters, trace.
import type { GeometryConfig } from '../layers/geometry.ts'
import { type Layer, type Parameters, totalCost } from '../layers/layer.ts'
import type { OptionTable } from '../layers/options.ts'
import { manualSeed } from '../random/generator.ts'
import { type Shape, type Tensor, tensor } from '../tensor/tensor.ts'
import type { Text } from '../text.ts'
import { drawInput } from './input.ts'
import { type Plan, planRun } from './plan.ts'
import { type Cost, createTracer, type Step, type Trace } from './trace.ts'

/**
 * Runs a layer once on seeded input, as PyTorch would behind torch.manual_seed(seed): the input is
 * drawn first, then the parameters in the order PyTorch creates them.
 * @throws {UsageError} if what is given does not make a layer
 */
export function traceLayer(layer: Layer, given: Readonly<Record<string, unknown>>): Trace {
  return tracePlan(layer, planRun(layer, given))
}

/** The input and the parameters of a planned run, drawn in PyTorch's order. */
export function drawRun(layer: Layer, plan: Plan): { x: Tensor; parameters: Parameters } {
  const generator = manualSeed(plan.run.seed)
  const x = drawInput(plan.run.input, generator, plan.inputShape)
  // of a name drawn twice, an object keeps the first place and the last values
  const parameters = Object.fromEntries(
    layer
      .parameters(plan.config)
      .map(({ name, shape, init }) => [name, tensor(init(generator, shape), shape)]),
  )
  return { x, parameters }
}

/** Runs what was planned for this layer. */
export function tracePlan(layer: Layer, plan: Plan): Trace {
  const { config } = plan
  const { x, parameters } = drawRun(layer, plan)
  const specs = layer.parameters(config)
  const buffers = new Set(specs.filter(({ buffer }) => buffer).map(({ name }) => name))
  const { steps, tracer } = createTracer(x, parameters, layer.steps)
  layer.forward(config, parameters, x, tracer)

  const trace: Trace = {
    layer: layer.name,
    title: layer.title,
    brief: briefly(layer, config),
    command: plan.command,
    config,
    seed: String(plan.run.seed),
    input: { source: plan.run.input, shape: plan.inputShape },
    parameters: Object.entries(parameters).map(([name, { shape, data }]) => ({
      name,
      shape,
      ...(buffers.has(name) && { buffer: true as const }),
      values: data,
    })),
    steps,
    cost: costOf(layer, config, plan.inputShape),
    ...(layer.baseline && {
      baseline: {
        layer: layer.baseline.name,
        title: layer.baseline.title,
        ...costOf(layer.baseline, config, plan.inputShape),
      },
    }),
  }
  return { ...trace, steps: steps.map((step) => withNote(layer, step, trace)) }
}

/** The configuration in words, part by part; what goes without saying is left out. */
function briefly(layer: Layer, config: Readonly<Record<string, unknown>>): Text[] {
  return Object.entries(layer.options as OptionTable).flatMap(
    ([key, option]) => option.brief?.(config[key], config) ?? [],
  )
}

function costOf(layer: Layer, config: GeometryConfig, inputShape: Shape): Cost {
  const lines = layer.cost(config, inputShape)
  return { ...totalCost(lines), lines }
}

function withNote(layer: Layer, step: Step, trace: Trace): Step {
  const note = layer.steps[step.id]?.note?.(trace)
  return note ? { ...step, note } : step
}
