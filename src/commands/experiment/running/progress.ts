// How far an experiment has come.
import type { Text } from '../../../base/text.ts'
import { progressLine } from '../../../cli/progress-line.ts'
import type { Output } from '../../../cli/settings.ts'
import type { TrainingJob } from '../../../cli/training-thread.ts'
import type { Style } from '../../../show/style.ts'
import { experimentNamed } from '../../../training/index.ts'
import { modelCostOf } from '../../../training/model-cost.ts'
import { modelNamed } from '../../../training/models.ts'
import { architectureOf, trainingNetworks } from '../../../training/training-networks.ts'

export interface Progress {
  /** @param share of the job that is done, 1 once it is finished */
  update(job: TrainingJob, share: number): void
  /** Leaves the line to others. */
  clear(): void
}

/** @param clock milliseconds from any start */
export function createProgress(
  jobs: readonly TrainingJob[],
  output: Output,
  style: Style,
  clock: () => number,
): Progress {
  const works = new Map(jobs.map((job) => [keyOf(job), workOf(job)]))
  const total = [...works.values()].reduce((sum, work) => sum + work, 0)
  const done = new Map<string, number>()
  const line = progressLine(output, style, clock)
  return {
    update(job, share) {
      done.set(keyOf(job), share * (works.get(keyOf(job)) ?? 0))
      const part = [...done.values()].reduce((sum, work) => sum + work, 0) / total
      const finished = [...done].filter(([key, work]) => work >= (works.get(key) ?? 0)).length
      line.show(part, wordsFor(finished, jobs.length))
    },
    clear: () => line.clear(),
  }
}

function wordsFor(finished: number, count: number): Text {
  return { en: `${finished} of ${count} runs`, zh: `已训练 ${finished}/${count}` }
}

const keyOf = ({ model, seed }: TrainingJob) => `${model} ${seed}`

/** Multiply-adds, about: what a job's time goes by. */
function workOf({ experiment, model: name }: TrainingJob): number {
  const network = trainingNetworks[experimentNamed(experiment).network]
  const model = modelNamed(name)
  return modelCostOf(architectureOf(network, model), model).multiplyAdds * network.training.steps
}
