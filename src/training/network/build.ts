// A model's network on given parameters, ready to run batches: for training, or only forward.

import type { Architecture, ConvolutionLayer } from '../architecture.ts'
import type { Images } from '../data/images.ts'
import type { Floats, GradientKernels } from '../gradients/gradient-kernels.ts'
import { chain, type GradientOperation } from '../gradients/gradient-operation.ts'
import { linearOperation } from '../gradients/operations/linear-operation.ts'
import { reluMaxPool } from '../gradients/operations/pool.ts'
import {
  denseMaps,
  flattened,
  type Maps,
  type Matrix,
  maps,
  matrix,
} from '../gradients/variables.ts'
import type { Model } from '../models.ts'
import type { LayerParameters, ModelParameters } from './parameters.ts'
import { type Attention, createLayer, type Workbench } from './training-layer.ts'

/** Scores of classes, or an image. */
export type NetworkOutput = { readonly logits: Matrix } | { readonly image: Maps }

export interface BuiltNetwork extends GradientOperation {
  readonly output: NetworkOutput
  /** one a layer that has attention */
  readonly attentions: readonly Attention[]
  /** Copies the images of those indices into the batch. */
  load(images: Images, indices: ArrayLike<number>): void
  /** Zeroes every gradient but the parameters': they add up. */
  clear(): void
}

export interface Build {
  readonly architecture: Architecture
  readonly model: Model
  readonly parameters: ModelParameters
  readonly kernels: GradientKernels
  /** the largest batch */
  readonly samples: number
  /** whether it can go backward */
  readonly training: boolean
  temperature(): number
}

export function buildNetwork(build: Build): BuiltNetwork {
  const { architecture, model, parameters, samples } = build
  const { layers, classifier } = architecture
  const gradients: Floats[] = []
  const bench = workbench(build, gradients)
  const operations: GradientOperation[] = []
  const attentions: Attention[] = []

  const input = inputOf(layers[0] as ConvolutionLayer, build, false)
  let x = input
  for (const [at, layer] of layers.entries()) {
    const y = bench.output(layer)
    const own = parameters.layers[at] as LayerParameters
    const { operation, attention } = createLayer(layer, model, own, x, y, bench)
    operations.push(operation)
    if (attention) attentions.push(attention)
    x = y
    if (layer.relu) {
      x = remember(gradients, pooledMaps(layer, layers[at + 1], build))
      operations.push(reluMaxPool(build.kernels, y, x, layer.outputSize / x.size))
    }
  }
  let output: NetworkOutput = { image: x }
  if (classifier && parameters.classifier) {
    const { weight, bias } = parameters.classifier
    output = { logits: bench.matrix(samples, classifier.classes) }
    operations.push(linearOperation(flattened(x), weight, bias, output.logits))
  }
  return {
    ...chain(operations),
    output,
    attentions,
    load: (images, indices) => load(input, images, indices),
    clear() {
      for (const gradient of gradients) gradient.fill(0)
    },
  }
}

/** Makes variables, and remembers their gradients. */
function workbench(
  { kernels, samples, training, temperature }: Build,
  gradients: Floats[],
): Workbench {
  return {
    kernels,
    samples,
    temperature,
    output({ out, inputSize, outputSize, padding }) {
      const pitch = inputSize + 2 * padding
      const shape = { padding, pitch, role: 'output', gradient: training } as const
      return remember(gradients, maps(kernels, samples, out, outputSize, shape))
    },
    matrix(rows, columns, stride = columns) {
      return remember(gradients, matrix(kernels, rows, columns, { gradient: training, stride }))
    },
  }
}

function remember<V extends { readonly gradient?: Floats }>(gradients: Floats[], variable: V): V {
  if (variable.gradient) gradients.push(variable.gradient)
  return variable
}

/** Room for what a convolution reads. */
function inputOf(
  { in: channels, inputSize, padding }: ConvolutionLayer,
  { kernels, samples }: Build,
  gradient: boolean,
): Maps {
  const shape = { padding, pitch: inputSize + 2 * padding, role: 'input', gradient } as const
  return maps(kernels, samples, channels, inputSize, shape)
}

/** Room for what pooling leaves: the next convolution's input, or the classifier's. */
function pooledMaps(
  { out, outputSize, pooling }: ConvolutionLayer,
  next: ConvolutionLayer | undefined,
  build: Build,
): Maps {
  if (next) return inputOf(next, build, build.training)
  const size = { none: outputSize, max2: outputSize / 2, 'global-max': 1 }[pooling]
  return denseMaps(build.kernels, build.samples, out, size, build.training)
}

function load(
  { channels, size, value, layout }: Maps,
  { pixels }: Images,
  indices: ArrayLike<number>,
): void {
  const { plane, lead, pitch } = layout
  for (let n = 0; n < indices.length; n++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < size; i++) {
        const from = (((indices[n] as number) * channels + c) * size + i) * size
        const to = (n * channels + c) * plane + lead + i * pitch
        for (let j = 0; j < size; j++) value[to + j] = pixels[from + j] as number
      }
}
