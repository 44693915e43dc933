// The trace's graph gone along backwards: how the loss changes with every step and every parameter.
import { type Op, operation } from '../ops/index.ts'
import { reshape, type Tensor, tensor } from '../tensor/tensor.ts'
import { isParameter, tensorNamed, tensorOf } from './query.ts'
import type { Trace } from './trace.ts'

/**
 * @param gradient of the loss with respect to the last step, of its shape
 * @returns gradients by step id and `parameters/NAME`, in the order in which they are complete; none
 *   for what the last step does not depend on
 */
export function gradientsOf(trace: Trace, gradient: Tensor): ReadonlyMap<string, Tensor> {
  const { steps } = trace
  const sums = new Map<string, Tensor>([[steps.at(-1)?.id ?? '', gradient]])
  const complete = new Map<string, Tensor>()
  for (const step of steps.toReversed()) {
    const slope = sums.get(step.id)
    if (slope === undefined) continue
    complete.set(step.id, slope)
    if (step.op === 'input') continue
    const { from, attributes } = step
    const parents = from.map((name) => tensorNamed(trace, name))
    const { shape, backward } = operation(step.op as Op)
    const shapes = parents.map((parent) => parent.shape)
    const own = shape(shapes, attributes) // the step may be a view of it
    const made = { parents, output: reshape(tensorOf(step), own), attributes }
    for (const [at, part] of backward(reshape(slope, own), made).entries()) {
      const name = from[at]
      if (name === undefined || part === undefined) continue
      const before = sums.get(name)
      const sum = before ? added(before, part) : part
      sums.set(name, sum)
      if (isParameter(name)) complete.set(name, sum)
    }
  }
  return complete
}

function added(a: Tensor, b: Tensor): Tensor {
  return tensor(
    a.data.map((value, at) => value + (b.data[at] as number)),
    a.shape,
  )
}
