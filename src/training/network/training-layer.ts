// One convolution of a model, with all that its kind puts around it, as operations.

import type { ConvolutionLayer } from '../architecture.ts'
import type { GradientKernels } from '../gradients/gradient-kernels.ts'
import { chain, type GradientOperation } from '../gradients/gradient-operation.ts'
import { channelMeans, gate } from '../gradients/operations/channels.ts'
import { convolution } from '../gradients/operations/convolution-operation.ts'
import { linearOperation } from '../gradients/operations/linear-operation.ts'
import { mixOperation } from '../gradients/operations/mix.ts'
import {
  reluOperation,
  sigmoidOperation,
  softmaxOperation,
} from '../gradients/operations/pointwise.ts'
import { type Maps, type Matrix, matrix } from '../gradients/variables.ts'
import type { Model } from '../models.ts'
import type { Affine, LayerParameters } from './parameters.ts'

/** What a layer is made with. */
export interface Workbench {
  readonly kernels: GradientKernels
  /** the largest batch */
  readonly samples: number
  /** maps as the layer's convolution gives them */
  output(layer: ConvolutionLayer): Maps
  matrix(rows: number, columns: number, stride?: number): Matrix
  temperature(): number
}

/** The weights that mix a layer's experts: a row a sample. */
export interface Attention {
  readonly pi: Matrix
  /** put in its place before it mixes, to see what it is good for */
  replace?: ((pi: Matrix, samples: number) => void) | undefined
}

export interface TrainingLayer {
  readonly operation: GradientOperation
  readonly attention?: Attention
}

export function createLayer(
  layer: ConvolutionLayer,
  { kind }: Model,
  parameters: LayerParameters,
  x: Maps,
  y: Maps,
  bench: Workbench,
): TrainingLayer {
  const { kernels } = bench
  const { experts, fc1, fc2 } = parameters
  const convolve = (w: Matrix, to = y) => convolution(kernels, layer, x, w, to)
  const mixed = (pi: Matrix): [Matrix, GradientOperation] => {
    const w = bench.matrix(pi.rows, experts.columns, experts.stride)
    return [w, mixOperation(kernels, pi, experts, w)]
  }
  switch (kind) {
    case 'static':
      return { operation: convolve(experts) }
    case 'uniform': {
      const pi = matrix(kernels, 1, experts.rows, { gradient: false })
      pi.value.fill(1 / experts.rows)
      const [w, mixing] = mixed(pi)
      return { operation: chain([mixing, convolve(w)]) }
    }
    case 'dynamic':
    case 'condconv': {
      const [scores, scoring] = scoresOf(x, fc1, fc2, bench)
      const pi = bench.matrix(scores.rows, scores.columns)
      const weighing =
        kind === 'dynamic'
          ? softmaxOperation(scores, pi, bench.temperature)
          : sigmoidOperation(scores, pi, 1)
      const attention: Attention = { pi }
      const [w, mixing] = mixed(pi)
      const operation = chain([scoring, weighing, replacing(attention), mixing, convolve(w)])
      return { operation, attention }
    }
    case 'se': {
      const [scores, scoring] = scoresOf(x, fc1, fc2, bench)
      const s = bench.matrix(scores.rows, scores.columns)
      const ungated = bench.output(layer)
      const parts = [
        scoring,
        sigmoidOperation(scores, s, 2),
        convolve(experts, ungated),
        gate(ungated, s, y),
      ]
      return { operation: chain(parts) }
    }
    default:
      return kind satisfies never
  }
}

/** fc2(relu(fc1(means of x))), or fc1 alone where there is no second layer. */
function scoresOf(
  x: Maps,
  fc1: Affine | undefined,
  fc2: Affine | undefined,
  bench: Workbench,
): [Matrix, GradientOperation] {
  if (fc1 === undefined) throw new TypeError('an attention has at least one linear layer')
  const { samples } = bench
  const g = bench.matrix(samples, x.channels)
  const first = bench.matrix(samples, fc1.weight.rows)
  const operations = [channelMeans(x, g), linearOperation(g, fc1.weight, fc1.bias, first)]
  if (fc2 === undefined) return [first, chain(operations)]
  const hidden = bench.matrix(samples, first.columns)
  const second = bench.matrix(samples, fc2.weight.rows)
  operations.push(
    reluOperation(first, hidden),
    linearOperation(hidden, fc2.weight, fc2.bias, second),
  )
  return [second, chain(operations)]
}

function replacing(attention: Attention): GradientOperation {
  return {
    forward: (samples) => attention.replace?.(attention.pi, samples),
    backward() {},
  }
}
