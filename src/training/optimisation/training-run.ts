// One run: a model trained on one seed's images, and all that is measured of it. Plain data.
import { type DataSource, drawImages, type ExperimentImages } from '../data/index.ts'
import { type Experiment, watchedImages } from '../experiment.ts'
import type { GradientKernels } from '../gradients/gradient-kernels.ts'
import type { Model } from '../models.ts'
import { trainingNetworks } from '../training-networks.ts'
import { type AttentionReport, entropies, reportAttention } from './attention-report.ts'
import { createTrainer, type Trainer } from './create-trainer.ts'
import { evaluate, runForward } from './evaluate.ts'
import { learntFilters } from './learnt-filters.ts'

export interface TrainingRun {
  readonly model: string
  readonly seed: number
  /** accuracy or R2 by test set, and on the training images */
  readonly metrics: Readonly<Record<string, number>>
  /** the mean loss of every epoch */
  readonly losses: readonly number[]
  /** of a dynamic model: at the start of every epoch and at the end, a value a layer */
  readonly entropy?: readonly (readonly number[])[]
  readonly attention?: AttentionReport
  /** what the network convolves noise with, a flat 3x3 kernel a cue; only of the filter network */
  readonly filters?: readonly (readonly number[])[]
  /** what trained it, if it was not convlab */
  readonly engine?: TrainingEngine
}

export interface TrainingEngine {
  readonly name: string
  readonly version: string
  /** cpu, cuda */
  readonly device: string
}

/**
 * Trains and measures.
 * @param images as `drawImages` draws them for this experiment, seed index and model
 * @param onEpoch called with the steps that are done and all there are
 */
export function trainModel(
  experiment: Experiment,
  model: Model,
  seed: number,
  images: ExperimentImages,
  kernels: GradientKernels,
  onEpoch: (done: number, steps: number) => void = () => {},
): TrainingRun {
  const network = trainingNetworks[experiment.network]
  const { steps } = network.training
  const most = network.images.test
  const [test] = images.tests as [ExperimentImages['train']]
  kernels.release()
  const trainer = createTrainer(network, model, images.train, seed, kernels)
  const net = trainer.forward(most)
  const dynamic = model.kind === 'dynamic'
  const entropy: number[][] = []
  const watch = () => {
    if (!dynamic) return
    runForward(net, { images: test, first: 0, samples: watchedImages })
    entropy.push(entropies(net, watchedImages))
  }
  const losses = trainAll(trainer, steps, () => {
    watch()
    onEpoch(trainer.step, steps)
  })
  watch()
  const metrics = Object.fromEntries([
    ...experiment.tests.map(({ name }, at) => {
      return [name, evaluate(net, images.tests[at] as typeof test, most)] as const
    }),
    ['train', evaluate(net, images.train, most)] as const,
  ])
  return {
    model: model.name,
    seed,
    metrics,
    losses,
    ...(dynamic && { entropy, attention: reportAttention(net, test, experiment.cue) }),
    ...(experiment.network === 'filter' && learntFilters(net, trainer.parameters, test)),
  }
}

/** Takes all steps; the mean loss of every epoch. */
function trainAll(trainer: Trainer, steps: number, onEpoch: () => void): number[] {
  const epochs: number[][] = []
  while (trainer.step < steps) {
    if (trainer.epochBegins) {
      onEpoch()
      epochs.push([])
    }
    const loss = trainer.next()
    epochs.at(-1)?.push(loss)
  }
  return epochs.map((losses) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
}

/** Draws images, and keeps the last ones: models of a seed follow each other. */
export function imageDrawer(
  source: DataSource,
): (experiment: Experiment, model: Model, seed: number) => ExperimentImages {
  let kept: { readonly key: string; readonly images: ExperimentImages } | undefined
  return (experiment, model, seed) => {
    const key = JSON.stringify([experiment.name, model.data, seed])
    if (kept?.key !== key) kept = { key, images: drawImages(experiment, seed, source, model.data) }
    return kept.images
  }
}
