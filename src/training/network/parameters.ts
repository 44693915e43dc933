// A model's parameters: one array for all of them, in pieces; and how they start.
import type { Architecture, ConvolutionLayer } from '../architecture.ts'
import type { Units } from '../data/stream.ts'
import type { Floats, GradientKernels } from '../gradients/gradient-kernels.ts'
import { wholeBlocks } from '../gradients/gradient-kernels.ts'
import type { Matrix } from '../gradients/variables.ts'
import { hiddenSize, type Model } from '../models.ts'
import type { TrainingNetwork } from '../training-networks.ts'

export interface Affine {
  /** (out, in) */
  readonly weight: Matrix
  /** (1, out) */
  readonly bias: Matrix
}

export interface LayerParameters {
  /** (K, out · in · k · k + out): each expert's weights, then its biases */
  readonly experts: Matrix
  /** from channel means to hidden values, or straight to scores */
  readonly fc1?: Affine
  readonly fc2?: Affine
}

export interface ModelParameters {
  readonly layers: readonly LayerParameters[]
  readonly classifier?: Affine
  /** all of them, one behind another, with a little room between */
  readonly value: Floats
  readonly gradient: Floats
}

type Size = readonly [rows: number, columns: number, stride: number]

/** Room for the parameters of a model, all zero. */
export function createParameters(
  kernels: GradientKernels,
  { layers, classifier }: Architecture,
  model: Model,
): ModelParameters {
  const sizes: Size[] = []
  const plan = (rows: number, columns: number, stride = columns) =>
    sizes.push([rows, columns, stride]) - 1
  const affine = ([out, from]: readonly [number, number]) =>
    [plan(out, from), plan(1, out)] as const
  const planned = layers.map((layer) => {
    const values = weightCount(layer) + layer.out
    const experts = plan(model.kernels, values, wholeBlocks(values))
    return { experts, attention: attentionSizes(layer, model).map(affine) }
  })
  const last = classifier && affine([classifier.classes, classifier.features])

  const starts = sizes.map(() => 0)
  let total = 0
  for (const [at, [rows, , stride]] of sizes.entries()) {
    starts[at] = total
    total += wholeBlocks(rows * stride)
  }
  const value = kernels.floats(total)
  const gradient = kernels.floats(total)
  const matrixAt = (at: number): Matrix => {
    const [rows, columns, stride] = sizes[at] as Size
    const start = starts[at] as number
    const part = (all: Floats) => all.subarray(start, start + rows * stride)
    return { rows, columns, stride, value: part(value), gradient: part(gradient) }
  }
  const affineAt = ([weight, bias]: readonly [number, number]): Affine => ({
    weight: matrixAt(weight),
    bias: matrixAt(bias),
  })
  return {
    layers: planned.map(({ experts, attention: [fc1, fc2] }) => ({
      experts: matrixAt(experts),
      ...(fc1 && { fc1: affineAt(fc1) }),
      ...(fc2 && { fc2: affineAt(fc2) }),
    })),
    ...(last && { classifier: affineAt(last) }),
    value,
    gradient,
  }
}

/** (out, in) of the linear layers between channel means and scores. */
function attentionSizes({ in: C, out }: ConvolutionLayer, { kind, kernels }: Model) {
  const sizes: Readonly<Record<Model['kind'], readonly (readonly [number, number])[]>> = {
    static: [],
    uniform: [],
    condconv: [[kernels, C]],
    dynamic: [
      [hiddenSize, C],
      [kernels, hiddenSize],
    ],
    se: [
      [hiddenSize, C],
      [out, hiddenSize],
    ],
  }
  return sizes[kind]
}

/** How many weights one kernel has. */
export function weightCount({ in: C, out, kernel }: ConvolutionLayer): number {
  return out * C * kernel * kernel
}

/**
 * Draws the starting values: (2u - 1) a, layer by layer kernels, then attention, and the classifier
 * last. Biases stay 0.
 */
export function initialise(
  parameters: ModelParameters,
  { layers }: Architecture,
  model: Model,
  { halving }: Pick<TrainingNetwork, 'halving'>,
  stream: Units,
): void {
  const scale = halving && model.halved ? 0.5 : 1
  const draw = ({ rows, stride, value }: Matrix, columns: number, a: number) => {
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) value[r * stride + c] = (2 * stream.next() - 1) * a
  }
  const drawWeight = ({ weight }: Affine, gain: number) =>
    draw(weight, weight.columns, Math.sqrt(gain / weight.columns))
  for (const [at, { experts, fc1, fc2 }] of parameters.layers.entries()) {
    const layer = layers[at] as ConvolutionLayer
    const fanIn = layer.in * layer.kernel * layer.kernel
    draw(experts, weightCount(layer), Math.sqrt(6 / fanIn) * scale)
    if (fc1) drawWeight(fc1, fc2 ? 6 : 3) // a ReLU follows only where there is a second layer
    if (fc2) drawWeight(fc2, 3)
  }
  if (parameters.classifier) drawWeight(parameters.classifier, 3)
}
