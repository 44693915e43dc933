// What a layer costs follows from its graph: the work of every step from its operation, and every
// parameter where it is first read.
import { workOf } from '../ops/index.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import { type Cost, type CostLine, type CostPart, costParts } from './parts.ts'
import type { Trace } from './trace.ts'

/** The cost of a pass, whether it was computed or run on shapes alone. */
export function costOf({ steps, parameters }: Pick<Trace, 'steps' | 'parameters'>): Cost {
  const [batch = 1] = steps[0]?.shape ?? []
  const shapes = new Map<string, Shape>(steps.map(({ id, shape }) => [id, shape]))
  const unread = new Map<string, number>()
  for (const { name, shape, buffer } of parameters) {
    shapes.set(`parameters/${name}`, shape)
    if (!buffer) unread.set(`parameters/${name}`, sizeOf(shape))
  }
  const sums = new Map<CostPart, Required<Omit<CostLine, 'id'>>>()
  for (const { op, attributes, from, part } of steps) {
    if (op === 'input' || part === undefined) continue
    const sum = sums.get(part) ?? { parameters: 0, multiplyAdds: 0, additions: 0 }
    const work = workOf(
      op,
      from.map((name) => shapes.get(name)),
      attributes,
    )
    sums.set(part, {
      parameters: from.reduce((total, name) => total + (unread.get(name) ?? 0), sum.parameters),
      multiplyAdds: sum.multiplyAdds + work.multiplyAdds / batch,
      additions: sum.additions + work.additions / batch,
    })
    for (const name of from) unread.delete(name)
  }
  const lines = costParts.flatMap((id): CostLine[] => {
    const sum = sums.get(id)
    if (sum === undefined) return []
    const { additions, ...rest } = sum
    return [{ id, ...rest, ...(additions > 0 && { additions }) }]
  })
  return { ...totalCost(lines), lines }
}

/** The sums of the lines. */
export function totalCost(lines: readonly Omit<CostLine, 'id'>[]): Omit<Cost, 'lines'> {
  return {
    parameters: lines.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplyAdds: lines.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
  }
}
