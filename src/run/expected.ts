// How long a run takes, about, known before it starts: by what it draws and computes.
import type { Text } from '../base/text.ts'
import { type Op, operation } from '../ops/index.ts'
import { PER_VALUE, perDraw, timeOfConvolution, timeOfWork } from '../tensor/engine/speed.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import type { Step } from '../trace/trace.ts'
import type { Plan } from './plan.ts'

/** A part of a run: what it is called and how many milliseconds it takes, about. */
export interface RunPart {
  readonly title: Text
  readonly cost: number
}

/** Told what is done next. */
export type Report = (part: RunPart) => void

/** In a moment, for deciding whether a run is long; mixing kernels value by value is left out. */
export function roughCost({ work, values }: Plan): number {
  return values * perDraw() + timeOfWork(work)
}

const drawing: Readonly<Record<'input' | 'parameters', Text>> = {
  input: { en: 'Drawing the input', zh: '抽取输入' },
  parameters: { en: 'Drawing the parameters', zh: '抽取参数' },
}

/**
 * The parts of a planned run under the names by which `tracePlan` announces them: the input,
 * `parameters/NAME`, and every step.
 */
export function partsOf(plan: Plan): ReadonlyMap<string, RunPart> {
  const { declared, inputShape, provided } = plan
  const drawn = (given: unknown, shape: Shape) => (given ? 0 : sizeOf(shape) * perDraw())
  const parts = new Map([
    ['input', { title: drawing.input, cost: drawn(provided.input, inputShape) }],
  ])
  const shapes = new Map<string, Shape>()
  for (const { name, shape } of declared.parameters) shapes.set(`parameters/${name}`, shape)
  // a name that is drawn twice takes twice as long
  for (const { name, shape } of declared.draws) {
    const before = parts.get(`parameters/${name}`)?.cost ?? 0
    const cost = before + drawn(provided.weights, shape)
    parts.set(`parameters/${name}`, { title: drawing.parameters, cost })
  }
  for (const step of declared.steps) {
    const parents = step.from.map((name) => shapes.get(name) as Shape)
    shapes.set(step.id, step.shape)
    if (step.op !== 'input')
      parts.set(step.id, { title: step.title, cost: timeOf(step.op, parents, step) })
  }
  return parts
}

/** A product of values that are not summed by the engine. */
const PER_PRODUCT = 20e-6

function timeOf(op: Op, parents: readonly Shape[], { attributes, shape }: Step): number {
  const { convolution, multiplyAdds } = operation(op)
  if (op === 'identity') return 0
  if (convolution) {
    const { x, w, how } = convolution(parents, attributes)
    return timeOfConvolution(x, w, how, sizeOf(shape))
  }
  if (multiplyAdds) return multiplyAdds(parents, attributes) * PER_PRODUCT
  return sizeOf(parents[0] ?? []) * PER_VALUE
}

export function totalOf(parts: Iterable<RunPart>): number {
  let total = 0
  for (const { cost } of parts) total += cost
  return total
}
