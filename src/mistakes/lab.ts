// The bench on which mistakes are demonstrated: a dynamic layer that was run, its tensors by the
// names they have in the Python code, and the same setup as Python.
import { dynamicLayer } from '../layers/dynamic/layer.ts'
import type { DynamicConfig } from '../layers/dynamic/options.ts'
import { geometryOf } from '../layers/geometry-options.ts'
import { ops } from '../ops/index.ts'
import { shapeOf } from '../run/dry-run.ts'
import { planRun } from '../run/plan.ts'
import { tracePlan } from '../run/run.ts'
import { reshape, type Shape, type Tensor, tensor } from '../tensor/tensor.ts'
import { stepOf, tensorOf } from '../trace/query.ts'
import type { Trace } from '../trace/trace.ts'

/** Options of a dynamic layer and its run, under their config names; numbers and words only. */
export type LabOptions = Readonly<Record<string, number | string>>

export interface Lab {
  readonly trace: Trace
  readonly config: DynamicConfig
  /** (B, C, H, W) */
  readonly x: Tensor
  /** (B, K): what the softmax is given */
  readonly scores: Tensor
  /** (B, K) */
  readonly attention: Tensor
  /** (K, out, C/groups, k, k) */
  readonly weight: Tensor
  /** (K, out) */
  readonly bias: Tensor
  /** (B, out, H', W'): as the repaired layer gives it */
  readonly output: Tensor
}

const layer = dynamicLayer

/** Runs the layer; every mistake has seed 0, so that all of them can be compared. */
export function lab(given: LabOptions): Lab {
  const plan = planRun(layer, given)
  const trace = tracePlan(layer, plan)
  const step = (id: string) => tensorOf(stepOf(trace, id))
  const parameter = (name: string) => {
    const { shape, values } = trace.parameters.find((each) => each.name === name)!
    return tensor(values, shape)
  }
  return {
    trace,
    config: plan.config,
    x: step('input'),
    scores: step('fc2'),
    attention: step('attention'),
    weight: parameter('weight'),
    bias: parameter('bias'),
    output: step('output'),
  }
}

/** The tensors that a mistake's code begins with, by their names there; nothing is computed. */
export function namesOf(
  given: LabOptions,
): readonly { readonly name: string; readonly shape: Shape }[] {
  const { config, inputShape, declared } = planRun(layer, given)
  const parameters = layer.parameters(config)
  return [
    { name: 'x', shape: inputShape },
    { name: 'attention', shape: shapeOf(declared, 'attention') },
    ...parameters.filter(({ name }) => !name.includes('.')),
  ].map(({ name, shape }) => ({ name, shape }))
}

/** attention @ weight.view(K, -1): one row of kernel values for every row of attention. */
export function mixKernels(attention: Tensor, weight: Tensor): Tensor {
  const K = weight.shape[0] as number
  return ops.matmul.forward([attention, reshape(weight, [K, weight.data.length / K])], {})
}

/** The output for kernels (B·out, C/g, k, k) and biases (B·out), a set a sample. */
export function convolveWith({ x, config }: Lab, kernel: Tensor, bias: Tensor): Tensor {
  return ops.conv2d.forward([x, kernel, bias], { ...geometryOf(config), perSample: true })
}

/** The first sample by itself, as a batch of one. */
export function firstSample(x: Tensor): Tensor {
  const [B = 1, ...rest] = x.shape
  return tensor(x.data.subarray(0, x.data.length / B), [1, ...rest])
}

export function largestDifference(a: Tensor, b: Tensor): number {
  return a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - b.data[at]!)), 0)
}

export function largestOf({ data }: Tensor): number {
  return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
