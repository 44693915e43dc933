// The pass run again along its graph: on another input, or with a step replaced, parameters and
// everything else as they were.
import { type Attributes, type Op, operation } from '../ops/index.ts'
import { reshape, type Tensor } from '../tensor/tensor.ts'
import { tensorNamed } from './query.ts'
import type { Step, Trace } from './trace.ts'

/**
 * @param given tensors by step id, such as the input; what depends on them is computed anew
 * @param until the last step wanted
 * @param stale ids of steps whose attributes are no longer those their values were made with
 * @returns every step's tensor by id
 */
export function replay(
  trace: Trace,
  given: Readonly<Record<string, Tensor>>,
  until = trace.steps.at(-1)?.id,
  stale: ReadonlySet<string> = new Set(),
): Readonly<Record<string, Tensor>> {
  const batch = trace.input.shape[0] as number
  const samples = given.input?.shape[0] ?? batch
  const results: Record<string, Tensor> = { ...given }
  for (const step of trace.steps) {
    const { id, from } = step
    if (!(id in results)) {
      const changed = from.some((name) => name in results && results[name] !== undefined)
      // a product is broadcast to the batch, even where no factor of it depends on the input
      const resized = step.op === 'productSum' && samples !== batch
      if (changed || resized || stale.has(id)) results[id] = again(step)
    }
    if (id === until) break
  }
  return results

  function again(step: Step): Tensor {
    const parents = step.from.map((name) => results[name] ?? tensorNamed(trace, name))
    const [rows = 1, ...rest] = step.shape
    const result = operation(step.op as Op).forward(parents, attributesFor(step))
    return reshape(result, [(rows / batch) * samples, ...rest])
  }

  function attributesFor(step: Step): Attributes[Op] | Record<never, never> {
    if (step.op !== 'productSum') return step.attributes
    return { ...step.attributes, shape: [samples, ...step.attributes.shape.slice(1)] }
  }
}
