// Runs without training, for what only shows them.
import { experimentNamed } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import type { TrainingRun } from '../../src/training/optimisation/training-run.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'

/** A run whose numbers follow from its name and seed. */
export function madeUp(name: string, modelName: string, seed: number): TrainingRun {
  const experiment = experimentNamed(name)
  const model = modelNamed(modelName)
  const layers = architectureOf(trainingNetworks[experiment.network], model).layers.map(
    (_, at) => at,
  )
  const metric = 0.8 + 0.01 * modelName.length + 0.013 * ((seed * 7) % 5)
  const values = { scale: 3, turns: 4, polarity: 2, filter: 4 }[experiment.cue ?? 'polarity']
  const each = <T>(count: number, make: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => make(at))
  return {
    model: modelName,
    seed,
    metrics: Object.fromEntries([
      ...experiment.tests.map((set, at) => [set.name, metric - 0.2 * at]),
      ['train', 0.99],
    ]),
    losses: each(12, (epoch) => 2 / (1 + epoch)),
    ...(model.kind === 'dynamic' && {
      entropy: each(13, (epoch) =>
        layers.map((layer) => Math.log(model.kernels) / (1 + 0.1 * layer * epoch)),
      ),
      attention: {
        shuffled: metric - 0.3,
        mean: metric - 0.02,
        ...(experiment.cue !== 'filter' && { byClass: layers.map((at) => 0.1 * (at + 1)) }),
        ...(experiment.cue && {
          byCue: layers.map((at) => 0.9 - 0.2 * at),
          perCue: each(values, (value) => ({
            images: 100,
            ...(experiment.cue !== 'filter' && { accuracy: 0.7 + 0.1 * value }),
            attention: layers.map(() => each(model.kernels, () => 1 / model.kernels)),
          })),
        }),
      },
    }),
    ...(experiment.network === 'filter' && {
      filters: each(4, (cue) => each(9, (tap) => (tap === cue ? 1 : -0.25))),
    }),
  }
}
