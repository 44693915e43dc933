// Results that take minutes, as training gave them: the file, and differences computed from it.
import type { ComparisonQuestion, Experiment } from '../training/experiment.ts'
import { compareModels } from '../training/statistics/verdict.ts'
import { trainingNetworks } from '../training/training-networks.ts'
import type { Measurement } from './claim.ts'
import file from './recorded.json' with { type: 'json' }

export interface RecordedStudy {
  /** the command that gave it */
  readonly command: string
  /** convlab's version then, and the day */
  readonly convlab: string
  readonly date: string
  /** seed indices */
  readonly seeds: readonly number[]
  /** by model and test set: the metric of every seed, in their order */
  readonly models: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>
}

export interface RecordFile {
  readonly schema: 1
  /** by experiment */
  readonly studies: Readonly<Record<string, RecordedStudy>>
}

export const recorded = file as unknown as RecordFile

/** None of an experiment that was never recorded. */
export function recordOf({ name }: Experiment): RecordedStudy | undefined {
  return recorded.studies[name]
}

/**
 * The metric of a recorded model, seed by seed.
 * @throws {RangeError} for a model that was never recorded
 */
export function metricsOf(experiment: Experiment, model: string, test: string): readonly number[] {
  const metrics = recordOf(experiment)?.models[model]?.[test]
  if (metrics === undefined)
    throw new RangeError(`${experiment.name} ${model} is not recorded: npm run claims`)
  return metrics
}

/** The answer that the recorded runs give to one of the experiment's questions. */
export function answerOf(
  experiment: Experiment,
  question: ComparisonQuestion,
  test: string,
): Measurement {
  const { margin, metric } = trainingNetworks[experiment.network]
  const [a, b] = [question.a, question.b].map((model) => metricsOf(experiment, model, test))
  const difference = compareModels(a as number[], b as number[], margin)
  return { verdict: difference.verdict, answer: { ...question, test, metric, difference } }
}
