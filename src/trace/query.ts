import { type Tensor, tensor } from '../tensor/tensor.ts'
import type { Step, Trace } from './trace.ts'

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
