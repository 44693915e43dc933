// How long a run takes, about, known before it starts: by what it draws and multiplies. What shows
// progress goes by the proportions; the milliseconds are those of a machine of 2024.
import type { Layer, Parameters } from '../layers/layer.ts'
import type { Attributes, Op } from '../ops/index.ts'
import { engineInUse } from '../tensor/engine/index.ts'
import { problemOf } from '../tensor/engine/problem.ts'
import { suitsWinograd } from '../tensor/engine/winograd.ts'
import { type Shape, sizeOf, type Tensor } from '../tensor/tensor.ts'
import type { Text } from '../text.ts'
import type { Plan } from './plan.ts'
import type { Tracer } from './trace.ts'

/** A part of a run: what it is called and how many milliseconds it takes, about. */
export interface Part {
  readonly title: Text
  readonly cost: number
}

/** Told what is done next. */
export type Report = (part: Part) => void

const perDraw = () => ({ wasm: 8e-6, reference: 35e-6 })[engineInUse().name]
const PER_VALUE = 3e-6
const PER_PRODUCT = 20e-6
const perMultiplyAdd = () => ({ wasm: 0.055e-6, reference: 2.5e-6 })[engineInUse().name]
/** What Winograd's way leaves of a convolution that it suits. */
const WINOGRAD = 0.3

/** In a moment, for deciding whether a run is long; mixing kernels value by value is left out. */
export function roughCost({ work, values }: Plan): number {
  return values * perDraw() + work * perMultiplyAdd()
}

const drawing: Readonly<Record<'input' | 'parameters', Text>> = {
  input: { en: 'Drawing the input', zh: '抽取输入' },
  parameters: { en: 'Drawing the parameters', zh: '抽取参数' },
}

/**
 * The parts of a planned run under the names by which `tracePlan` announces them: the input,
 * `parameters/NAME`, and every step. The forward pass goes through its steps on shapes alone.
 */
export function partsOf(layer: Layer, plan: Plan): ReadonlyMap<string, Part> {
  const { config, inputShape, provided } = plan
  const shapes = layer.shapes(config, inputShape)
  const drawn = (given: unknown, shape: Shape) => (given ? 0 : sizeOf(shape) * perDraw())
  const parts = new Map([
    ['input', { title: drawing.input, cost: drawn(provided.input, inputShape) }],
  ])
  const parameters: Record<string, Tensor> = {}
  for (const { name, shape } of layer.parameters(config)) {
    const cost = drawn(provided.weights, shape)
    parts.set(`parameters/${name}`, { title: drawing.parameters, cost })
    parameters[name] = hollow(shape)
  }
  const tracer: Tracer = {
    step(id, op, from, attributes, { shape = shapes[id] ?? [] }) {
      const parents = from.filter((parent) => parent !== undefined)
      const title = layer.steps[id]?.title ?? drawing.input
      parts.set(id, { title, cost: costOf(op, parents, attributes, shape) })
      return hollow(shape)
    },
  }
  layer.forward(config, parameters as Parameters, hollow(inputShape), tracer)
  return parts
}

/** A shape without values: nothing is computed on it. */
const hollow = (shape: Shape): Tensor => ({ data: new Float32Array(), shape })

function costOf<O extends Op>(
  op: O,
  parents: readonly Tensor[],
  attributes: Attributes[O],
  shape: Shape,
): number {
  const [a, b] = parents.map((parent) => parent.shape) as [Shape, Shape]
  const outputs = sizeOf(shape)
  switch (op) {
    case 'identity':
      return 0
    case 'conv2d': {
      const problem = problemOf(a, b, attributes as Attributes['conv2d'])
      const fast = engineInUse().name === 'wasm' && suitsWinograd(problem)
      return multiplying(outputs, sizeOf(b.slice(1)) * (fast ? WINOGRAD : 1))
    }
    case 'matmul':
      return multiplying(outputs, a[1] as number)
    case 'productSum':
      return sizeOf((attributes as Attributes['productSum']).shape) * PER_PRODUCT
    case 'multiply':
      return outputs * PER_PRODUCT
    case 'linear':
    case 'linearSigmoid':
    case 'linearSoftmax':
      return multiplying(outputs, sizeOf(b.slice(1)))
    default:
      return sizeOf(a) * PER_VALUE
  }
}

/** Sums of so many products each. */
const multiplying = (sums: number, products: number) =>
  sums * (products * perMultiplyAdd() + PER_VALUE)

export function totalOf(parts: Iterable<Part>): number {
  let total = 0
  for (const { cost } of parts) total += cost
  return total
}
