// A traced pass made ready to run again and again: what a layer costs without being watched.
import { type Op, operation } from '../ops/index.ts'
import { ResultArena } from '../tensor/engine/index.ts'
import { reshape, type Tensor, tensor } from '../tensor/tensor.ts'
import { tensorNamed } from '../trace/query.ts'
import type { Trace } from '../trace/trace.ts'
import { checkTrace, checkValues } from './check-given.ts'

/** What a name stands for this time. */
interface Cell {
  tensor: Tensor
}

/**
 * The trace's pass, to be run on the values of any input of the same shape.
 * @returns the output, which is good until the next time: it is written where it was before
 * @throws {UsageError} for anything but a trace, and for other values than it takes
 */
export function prepareForward(trace: Trace): (values: Float32Array) => Tensor {
  checkTrace(trace)
  const cells = new Map<string, Cell>()
  const cellOf = (name: string): Cell => {
    const cell = cells.get(name) ?? { tensor: tensorNamed(trace, name) }
    cells.set(name, cell)
    return cell
  }
  const input = cellOf('input')
  let output = input
  const changing = new Set([input])
  const runs: (() => void)[] = []
  for (const step of trace.steps.slice(1)) {
    const parents = step.from.map(cellOf)
    const result = cellOf(step.id)
    output = result
    if (!parents.some((parent) => changing.has(parent))) continue
    changing.add(result)
    const { attributes, shape } = step
    const { forward } = operation(step.op as Op)
    const given = parents.map((parent) => parent.tensor)
    runs.push(() => {
      for (const [at, parent] of parents.entries()) given[at] = parent.tensor
      result.tensor = reshape(forward(given, attributes), shape)
    })
  }
  const repeated = new ResultArena()
  const pass = () => {
    for (const run of runs) run()
    return output.tensor
  }
  const { shape } = trace.input
  return (values) => {
    checkValues('prepareForward(trace)(values)', { shape, values })
    input.tensor = tensor(values, shape)
    return repeated.run(pass)
  }
}
