// An experiment's runs put together: what every model reached, and what the differences say. Plain
// data, from which pages, JSON and claims are made.

import type { ComparisonQuestion, Experiment } from '../experiment.ts'
import { type ModelCost, modelCostOf } from '../model-cost.ts'
import { type Model, modelNamed } from '../models.ts'
import type { TrainingRun } from '../optimisation/training-run.ts'
import {
  architectureOf,
  changed,
  type NetworkChange,
  trainingNetworks,
} from '../training-networks.ts'
import { type Interval, intervalOf } from './interval.ts'
import { compareModels, type Difference } from './verdict.ts'

export interface ModelResult extends ModelCost {
  readonly model: Model
  /** output channels of every convolution */
  readonly widths: readonly number[]
  /** finished runs, by seed */
  readonly runs: readonly TrainingRun[]
  /** the metric on the first test set: accuracies are shares; none before a run has finished */
  readonly metric?: Interval
  /** seeds that ended below 1.5 times chance */
  readonly collapsed: readonly number[]
  /** the filter experiment's: K/4, or 1/4 without attention to a cue */
  readonly theory?: Theory
}

export interface Theory {
  readonly R2: number
  /** whether the mean lies within the tolerance */
  readonly met: boolean
}

export interface Comparison extends ComparisonQuestion {
  /** the test set's name */
  readonly test: string
  readonly difference: Difference
}

export interface Study {
  readonly experiment: Experiment
  /** seed indices asked for */
  readonly seeds: readonly number[]
  readonly models: readonly ModelResult[]
  /** over the seeds that both models have finished, on every test set */
  readonly comparisons: readonly Comparison[]
  /** whether runs that were asked for are missing */
  readonly partial: boolean
  readonly change?: NetworkChange
}

/** Models, and seed indices, that were asked for. */
export interface Design {
  readonly experiment: Experiment
  readonly models: readonly string[]
  readonly seeds: readonly number[]
  /** what is other than the experiment says */
  readonly change?: NetworkChange
}

/** @param runs in any order, and perhaps of other models and seeds, too */
export function studyOf(design: Design, runs: readonly TrainingRun[]): Study {
  const { experiment, models, seeds, change } = design
  const network = changed(trainingNetworks[experiment.network], change)
  const results = models.map((name): ModelResult => {
    const model = modelNamed(name)
    const architecture = architectureOf(network, model)
    const finished = seeds.flatMap(
      (seed) => runs.find((run) => run.model === name && run.seed === seed) ?? [],
    )
    const values = finished.map(({ metrics }) => metrics.test as number)
    const metric = values.length > 0 ? intervalOf(values) : undefined
    const theory = metric && theoryOf(experiment, model, metric)
    return {
      model,
      widths: architecture.layers.map(({ out }) => out),
      ...modelCostOf(architecture, model),
      runs: finished,
      ...(metric && { metric }),
      collapsed: finished
        .filter((run) => hasCollapsed(run, network.classes))
        .map(({ seed }) => seed),
      ...(theory && { theory }),
    }
  })
  return {
    experiment,
    seeds,
    models: results,
    comparisons: compareAll(experiment, results, network.margin),
    partial: results.some(({ runs }) => runs.length < seeds.length),
    ...(change && { change }),
  }
}

function compareAll(
  { tests, questions }: Experiment,
  results: readonly ModelResult[],
  margin: number,
): Comparison[] {
  const named = (name: string) => results.find(({ model }) => model.name === name)?.runs ?? []
  return tests.flatMap(({ name: test }) =>
    questions.flatMap((question) => {
      const b = new Map(named(question.b).map((run) => [run.seed, run]))
      const pairs = named(question.a).flatMap((run) => {
        const other = b.get(run.seed)
        return other ? [[run.metrics[test], other.metrics[test]] as [number, number]] : []
      })
      if (pairs.length === 0) return []
      const values = (which: 0 | 1) => pairs.map((pair) => pair[which])
      return [{ ...question, test, difference: compareModels(values(0), values(1), margin) }]
    }),
  )
}

/** Times what guessing gives: who ends below has learnt nothing. */
export const COLLAPSED = 1.5

/** Whether a classifier ended near what guessing gives. */
function hasCollapsed({ metrics }: TrainingRun, classes: number | undefined): boolean {
  return classes !== undefined && (metrics.test as number) < COLLAPSED / classes
}

/** The smallest difference from theory that counts as one. */
export const theoryTolerance = 0.03

function theoryOf(experiment: Experiment, model: Model, { mean }: Interval): Theory | undefined {
  const R2 = theoreticalR2(experiment, model)
  return R2 === undefined ? undefined : { R2, met: Math.abs(mean - R2) < theoryTolerance }
}

/**
 * One kernel for all cues explains 1/4 of the variance, since the filters are orthonormal; K
 * kernels that attention mixes span K - 1 dimensions around one of them, and explain K/4.
 */
export function theoreticalR2({ network }: Experiment, model: Model): number | undefined {
  if (network !== 'filter' || typeof model.widths === 'object') return undefined
  const { kind, kernels, data, temperature } = model
  const sees = kind === 'dynamic' && data?.cue !== false
  if (kind === 'condconv' || (sees && typeof temperature === 'number' && temperature > 1))
    return undefined
  return sees ? Math.min(kernels, 4) / 4 : 1 / 4
}
