// Layers side by side: the same geometry, the same seed, the same input.
import type { Layer } from '../layers/layer.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import { type AttentionSummary, attentionsOf } from '../trace/attention-summary.ts'
import { parameterName, tensorNamed } from '../trace/query.ts'
import { standardDeviation } from '../trace/stats.ts'
import { createTracer, type Trace } from '../trace/trace.ts'
import { type Overhead, scanOverhead } from './overhead.ts'
import { type Plan, planRun } from './plan.ts'
import { drawRun, tracePlan } from './run.ts'
import type { Timing } from './timing.ts'

/** One of the layers, planned. */
export interface Entrant {
  readonly layer: Layer
  readonly plan: Plan
  /** what was given of the options that it has */
  readonly given: Readonly<Record<string, unknown>>
}

export interface ComparedLayer {
  readonly trace: Trace
  readonly outputShape: Shape
  /** float32 bytes of the kernels that are learnt, and of those that the batch is convolved with */
  readonly kernelBytes: { readonly learnt: number; readonly batch: number }
  readonly attentions: readonly AttentionSummary[]
  /** how far two samples' kernels are apart at most, and the standard deviation of all their values */
  readonly kernels: { readonly spread: number; readonly std: number }
  /** forward passes; absent if none was timed */
  readonly timing?: Timing
  /** for layers that do more than convolve */
  readonly overhead?: Overhead
}

/** Plans every layer with the options that it has; the others are not passed to it. */
export function planComparison(
  layers: readonly Layer[],
  given: Readonly<Record<string, unknown>>,
  runOptions: Readonly<Record<string, unknown>>,
): readonly Entrant[] {
  return layers.map((layer) => {
    const own = Object.fromEntries(
      Object.entries(given).filter(([key]) => key in layer.options || key in runOptions),
    )
    return { layer, plan: planRun(layer, own), given: own }
  })
}

/** A forward pass of the entrant, ready to be timed: input and parameters are drawn before. */
export function forwardOf({ layer, plan }: Entrant): () => void {
  const { x, parameters } = drawRun(plan)
  return () => {
    layer.forward(plan.config, parameters, x, createTracer(x, parameters, layer.steps).tracer)
  }
}

/**
 * Runs every entrant once and says what there is to compare.
 * @param timings of the entrants' forward passes, in milliseconds
 * @param begins told every entrant before it runs
 */
export function compareLayers(
  entrants: readonly Entrant[],
  timings: readonly Timing[] = [],
  begins?: (entrant: Entrant) => void,
): readonly ComparedLayer[] {
  return entrants.map((entrant, at) => {
    begins?.(entrant)
    const { layer, plan, given } = entrant
    const trace = tracePlan(layer, plan)
    const timing = timings[at]
    const kernel = kernelOf(trace)
    return {
      trace,
      outputShape: trace.steps.at(-1)?.shape ?? [],
      kernelBytes: { learnt: learntBytes(trace, kernel?.name), batch: bytes(kernel?.values.shape) },
      attentions: attentionsOf(trace),
      kernels: spreadOf(kernel),
      ...(timing && { timing }),
      ...(layer.baseline && { overhead: scanOverhead(layer, given, plan) }),
    }
  })
}

/** What a convolution takes as its kernels: a set for every sample, or one for all. */
interface KernelNumbers {
  /** of the step or the parameter */
  readonly name: string
  readonly values: Tensor
  readonly sets: number
}

/** The kernels of the last convolution; undefined where there is none. */
function kernelOf(trace: Trace): KernelNumbers | undefined {
  const convolution = trace.steps.findLast(({ op }) => op === 'conv2d')
  const name = convolution?.from[1]
  if (convolution?.op !== 'conv2d' || name === undefined) return undefined
  const [batch = 1] = convolution.shape
  const sets = convolution.attributes.perSample ? batch : 1
  return { name, values: tensorNamed(trace, name), sets }
}

/** What is learnt of the kernels: the parameters that they are made of, without what weighs them. */
function learntBytes(trace: Trace, name: string | undefined): number {
  const parameter = trace.parameters.find((each) => parameterName(each) === name)
  if (parameter) return bytes(parameter.shape)
  const step = trace.steps.find(({ id }) => id === name)
  if (step === undefined || step.part === 'attention') return 0
  return step.from.reduce((sum, parent) => sum + learntBytes(trace, parent), 0)
}

function bytes(shape: Shape | undefined): number {
  return shape ? Float32Array.BYTES_PER_ELEMENT * sizeOf(shape) : 0
}

/** How much the kernels of the samples differ; one set of kernels for all differs by nothing. */
function spreadOf(kernels: KernelNumbers | undefined): ComparedLayer['kernels'] {
  const { values: { data } = { data: new Float32Array() }, sets = 1 } = kernels ?? {}
  const size = data.length / sets
  let spread = 0
  for (let at = 0; at < size; at++) {
    const same = Array.from({ length: sets }, (_, n) => data[n * size + at] as number)
    spread = Math.max(spread, Math.max(...same) - Math.min(...same))
  }
  return { spread, std: standardDeviation(data) }
}
