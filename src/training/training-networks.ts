// The networks: a chain of convolutions, each with its ReLU and pooling, and a classifier.
import type { Architecture, ConvolutionLayer, Pooling } from './architecture.ts'
import type { TrainingNetworkName } from './experiment.ts'
import { modelCostOf } from './model-cost.ts'
import { type Model, modelNamed } from './models.ts'

export interface TrainingNetwork {
  /** channels, rows, columns of an image */
  readonly input: readonly [channels: number, rows: number, columns: number]
  /** output channels of each convolution */
  readonly widths: readonly number[]
  /** times as many hidden channels as a model says; once if it is not said */
  readonly wider?: number
  /** what follows each of them */
  readonly after: readonly { readonly relu: boolean; readonly pooling: Pooling }[]
  readonly padding: 0 | 1
  readonly classes?: number
  /** whether models that are `halved` start so here */
  readonly halving: boolean
  readonly loss: 'cross-entropy' | 'squared-error'
  readonly metric: 'accuracy' | 'R2'
  /** a smaller difference is of no interest: a share of images, or of variance */
  readonly margin: number
  readonly images: { readonly train: number; readonly test: number }
  readonly training: {
    readonly batch: number
    readonly steps: number
    readonly learningRate: number
  }
}

/** What the PyTorch program of an experiment can be told to train, instead of the experiment's own. */
export interface NetworkChange {
  /** times as many channels everywhere */
  readonly wider: number
  /** rows, and columns, of an image: a multiple of the experiment's */
  readonly size: number
  readonly steps: number
}

const block = (pooling: Pooling) => ({ relu: true, pooling })

export const trainingNetworks: Readonly<Record<TrainingNetworkName, TrainingNetwork>> = {
  glyphs: {
    input: [1, 16, 16],
    widths: [8, 16, 16],
    after: [block('max2'), block('max2'), block('global-max')],
    padding: 1,
    classes: 8,
    halving: true,
    loss: 'cross-entropy',
    metric: 'accuracy',
    margin: 0.01,
    images: { train: 2000, test: 1000 },
    training: { batch: 32, steps: 744, learningRate: 0.005 },
  },
  digits: {
    input: [1, 8, 8],
    widths: [8, 16],
    after: [block('max2'), block('max2')],
    padding: 1,
    classes: 10,
    halving: true,
    loss: 'cross-entropy',
    metric: 'accuracy',
    margin: 0.01,
    images: { train: 1000, test: 797 },
    training: { batch: 32, steps: 620, learningRate: 0.005 },
  },
  filter: {
    input: [2, 12, 12],
    widths: [1],
    after: [{ relu: false, pooling: 'none' }],
    padding: 0,
    halving: false,
    loss: 'squared-error',
    metric: 'R2',
    margin: 0.02,
    images: { train: 1000, test: 1000 },
    training: { batch: 32, steps: 600, learningRate: 0.02 },
  },
}

/** The network after the change, if there is one. */
export function changed(
  network: TrainingNetwork,
  change: NetworkChange | undefined,
): TrainingNetwork {
  if (change === undefined) return network
  const { input, widths, training, classes } = network
  const { wider, size, steps } = change
  // a network that gives images keeps its one channel; what is wider there is a model's own
  const base = classes === undefined ? 1 : wider
  return {
    ...network,
    input: [input[0], size, size],
    widths: widths.map((width) => base * width),
    wider,
    training: { ...training, steps },
  }
}

/** The network with the layers of a model. */
export function architectureOf(network: TrainingNetwork, model: Model): Architecture {
  const { widths } = model
  if (widths === 'base') return build(network, network.widths)
  if ('hidden' in widths) return withHidden(network, (network.wider ?? 1) * widths.hidden)
  const target = modelNamed(widths.of)
  const least = modelCostOf(architectureOf(network, target), target)[widths.until]
  return build(network, widened(network, model, widths.until, least))
}

/**
 * From the base widths 1 is added to the last layer, then to the one before, and so on around,
 * until the cost reaches `least`.
 */
function widened(
  network: TrainingNetwork,
  model: Model,
  cost: 'parameters' | 'multiplyAdds',
  least: number,
): number[] {
  const widths = [...network.widths]
  for (let at = widths.length - 1; modelCostOf(build(network, widths), model)[cost] < least; ) {
    widths[at] = (widths[at] as number) + 1
    at = at === 0 ? widths.length - 1 : at - 1
  }
  return widths
}

function build(network: TrainingNetwork, widths: readonly number[]): Architecture {
  const { input, after, padding, classes } = network
  let [channels, size] = input as readonly [number, number, number]
  const layers = widths.map((out, at): ConvolutionLayer => {
    const { relu, pooling } = after[at] as TrainingNetwork['after'][number]
    const outputSize = size + 2 * padding - 2
    const sizes = { in: channels, out, inputSize: size, outputSize }
    channels = out
    size = { none: outputSize, max2: outputSize / 2, 'global-max': 1 }[pooling]
    return { ...sizes, kernel: 3, padding, relu, pooling }
  })
  if (classes === undefined) return { layers }
  return { layers, classifier: { features: channels * size * size, classes } }
}

/** The network's one convolution with more channels, ReLU, and a 1x1 convolution back. */
function withHidden(network: TrainingNetwork, hidden: number): Architecture {
  const [last] = build(network, network.widths).layers as [ConvolutionLayer]
  const { outputSize } = last
  return {
    layers: [
      { ...last, out: hidden, relu: true },
      { ...last, in: hidden, kernel: 1, inputSize: outputSize },
    ],
  }
}
