import { type Tensor, tensor } from '../tensor/tensor.ts'
import type { Step, Trace } from './trace.ts'

const PARAMETER = 'parameters/'

/**
 * The step of that id.
 * @throws {RangeError} if the trace has none
 */
export function stepOf({ layer, steps }: Pick<Trace, 'layer' | 'steps'>, id: string): Step {
  const step = steps.find((each) => each.id === id)
  if (step === undefined) throw new RangeError(`${layer} leaves no step ${id}`)
  return step
}

/** A step's values as a tensor. */
export function tensorOf({ values, shape }: Pick<Step, 'values' | 'shape'>): Tensor {
  return tensor(values, shape)
}

/**
 * What a step calls its parent: the values of a step, or of the parameter behind `parameters/`.
 * @throws {RangeError} if the trace has neither
 */
export function tensorNamed(
  trace: Pick<Trace, 'layer' | 'steps' | 'parameters'>,
  name: string,
): Tensor {
  if (!isParameter(name)) return tensorOf(stepOf(trace, name))
  const found = trace.parameters.find((each) => parameterName(each) === name)
  if (found === undefined) throw new RangeError(`${trace.layer} has no ${name}`)
  return tensorOf(found)
}

/** Whether a step's parent of that name is a parameter. */
export function isParameter(name: string): boolean {
  return name.startsWith(PARAMETER)
}

/** What steps call a parameter that they read. */
export function parameterName({ name }: { readonly name: string }): string {
  return PARAMETER + name
}
