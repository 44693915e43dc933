import type { ConfigOf, OptionTable } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import type { Layer } from '../layers/layer.ts'
import { manualSeed } from '../random/generator.ts'
import { engineInUse } from '../tensor/engine/index.ts'
import { type Tensor, tensor } from '../tensor/tensor.ts'
import { createTracer, type Parameters, type Step, type Trace } from '../trace/trace.ts'
import { dryRun } from './dry-run.ts'
import { drawInput } from './input.ts'
import { type Plan, planRun } from './plan.ts'
import type { Provided } from './provided.ts'

/**
 * Runs a layer once on seeded input, as PyTorch would behind torch.manual_seed(seed): the input is
 * drawn first, then the parameters in the order PyTorch creates them. What is provided is not
 * drawn, and leaves the stream to what is.
 * @throws {UsageError} if what is given does not make a layer
 */
export function traceLayer<Options extends OptionTable>(
  layer: Layer<Options>,
  given: Readonly<Record<string, unknown>>,
  provided: Provided = {},
): Trace<ConfigOf<Options>> {
  return tracePlan(layer, planRun(layer, given, provided))
}

/**
 * The input and the parameters of a planned run: provided, or drawn in PyTorch's order.
 * @param begins as for `tracePlan`
 */
export function drawRun(
  plan: Plan,
  begins?: (id: string) => void,
): { x: Tensor; parameters: Parameters } {
  const { input, weights } = plan.provided
  const generator = manualSeed(plan.run.seed)
  begins?.('input')
  const x = input
    ? tensor(input.values, plan.inputShape)
    : drawInput(plan.run.input, generator, plan.inputShape)
  // of a name drawn twice, an object keeps the first place and the last values
  const parameters = Object.fromEntries(
    plan.declared.draws.map(({ name, shape, init }) => {
      begins?.(`parameters/${name}`)
      const values = weights?.tensors[name]?.values ?? init(generator, shape)
      return [name, tensor(values, shape)]
    }),
  )
  return { x, parameters }
}

/**
 * Runs what was planned for this layer.
 * @param begins told what comes next: `input`, `parameters/NAME`, or the id of a step
 */
export function tracePlan<Options extends OptionTable>(
  layer: Layer<Options>,
  plan: Plan<ConfigOf<Options>>,
  begins?: (id: string) => void,
): Trace<ConfigOf<Options>> {
  const { config } = plan
  const { input, weights } = plan.provided
  const { x, parameters } = drawRun(plan, begins)
  const { steps, tracer } = createTracer(x, parameters, layer.steps, { begins })
  layer.forward(config, parameters, x, tracer)

  const trace: Trace<ConfigOf<Options>> = {
    layer: layer.name,
    title: layer.title,
    brief: briefly(layer, config),
    command: plan.command,
    config,
    seed: String(plan.run.seed),
    input: {
      source: input?.source ?? plan.run.input,
      shape: plan.inputShape,
      ...(input?.notes && { notes: input.notes }),
    },
    ...(weights && {
      weights: {
        source: weights.source,
        ...(plan.assumesTemperature && { assumesTemperature: true as const }),
      },
    }),
    parameters: plan.declared.parameters.map((each) => ({
      ...each,
      values: (parameters[each.name] as Tensor).data,
    })),
    steps,
    engine: engineInUse(),
    cost: plan.declared.cost,
    ...(layer.baseline && {
      baseline: {
        layer: layer.baseline.name,
        title: layer.baseline.title,
        ...dryRun(layer.baseline, config, plan.inputShape).cost,
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

function withNote(layer: Layer, step: Step, trace: Trace): Step {
  const note = layer.steps[step.id]?.note?.(trace)
  return note ? { ...step, note } : step
}
