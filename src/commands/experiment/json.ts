// An experiment's study as JSON, schema 1. It is also the file that --save writes and --resume goes
// on from, here and in the PyTorch program (experiment-torch/saving.ts), field by field.
//
//   schema       1
//   convlab      the program's version
//   experiment   its name
//   metric       accuracy (a share of images) or R2
//   changed      only where the PyTorch program was told to train something else than the
//                experiment: wider (times as many channels), size (of an image), steps
//   seeds        the seed indices that were asked for
//   partial      whether runs are missing
//   models       by name: parameters, multiplyAdds (for one image), widths (channels of every
//                convolution), seeds (finished ones), perSeed (the metric on the first test set, in
//                their order), mean, halfWidth (of the 95 % interval), median, collapsed (seeds),
//                tests (perSeed and the rest of further test sets, by name), theory ({ R2, met },
//                of the filter experiment), and runs, one a seed: { seed, metrics (by test set, and
//                train), losses (mean of every epoch), entropy (at the start of every epoch and at
//                the end, a value a layer), attention, filters, engine ({ name, version, device },
//                only if it was not convlab that trained) }
//   comparisons  id, a, b, test (set), unit (pp or R2), perSeed, n, mean, halfWidth, median, margin,
//                verdict (holds, does not hold or unclear), seedsNeeded (where unclear)
//
// Nothing follows the language. Numbers are as measured, never rounded; of training that diverged
// they may be the strings "NaN", "Infinity" and "-Infinity".
import { writeNonFinite } from '../../show/non-finite.ts'
import type { Experiment } from '../../training/experiment.ts'
import type { Comparison, ModelResult, Study } from '../../training/statistics/experiment-study.ts'
import { intervalOf } from '../../training/statistics/interval.ts'
import { trainingNetworks } from '../../training/training-networks.ts'

export function renderExperimentJson(study: Study, version: string): string {
  const { experiment, seeds, partial, models, comparisons, change } = study
  const { metric } = trainingNetworks[experiment.network]
  const head = {
    schema: 1,
    convlab: version,
    experiment: experiment.name,
    metric,
    ...(change && { changed: change }),
    seeds,
    partial,
  }
  return `${block('{}', [
    ...fields(head),
    `"models": ${block(
      '{}',
      models.map((result) => `"${result.model.name}": ${modelJson(result, experiment)}`),
    )}`,
    `"comparisons": ${block(
      '[]',
      comparisons.map((each) => written(comparisonJson(each, metric))),
    )}`,
  ])}\n`
}

function modelJson(
  { model: _, metric, runs, ...result }: ModelResult,
  { tests }: Experiment,
): string {
  const further = tests.slice(1).map(({ name }) => {
    const perSeed = runs.map(({ metrics }) => metrics[name] as number)
    return [name, { perSeed, ...(perSeed.length > 0 && intervalOf(perSeed)) }]
  })
  const summary = {
    ...result,
    seeds: runs.map(({ seed }) => seed),
    perSeed: runs.map(({ metrics }) => metrics.test),
    ...metric,
    ...(further.length > 0 && { tests: Object.fromEntries(further) }),
  }
  const list = runs.map(({ model: _, ...run }) => written(run))
  return block('{}', [...fields(summary), `"runs": ${block('[]', list)}`])
}

function fields(values: object): string[] {
  return Object.entries(values).map(([name, value]) => `"${name}": ${written(value)}`)
}

const written = (value: unknown) => JSON.stringify(value, writeNonFinite)

/** An object or a list with an item a line. */
function block(brackets: '{}' | '[]', items: readonly string[]): string {
  const [open, close] = brackets
  if (items.length === 0) return `${open}${close}`
  return `${open}\n${items.join(',\n').replace(/^/gm, '  ')}\n${close}`
}

/** Differences of accuracies in percentage points, as they are spoken of. */
function comparisonJson({ id, a, b, test, difference }: Comparison, metric: 'accuracy' | 'R2') {
  const scale = metric === 'accuracy' ? 100 : 1
  const { perSeed, n, mean, halfWidth, median, margin, verdict, seedsNeeded } = difference
  return {
    id,
    a,
    b,
    test,
    unit: metric === 'accuracy' ? 'pp' : 'R2',
    perSeed: perSeed.map((value) => scale * value),
    n,
    mean: scale * mean,
    ...(halfWidth !== undefined && { halfWidth: scale * halfWidth }),
    median: scale * median,
    margin: scale * margin,
    verdict,
    ...(seedsNeeded !== undefined && { seedsNeeded }),
  }
}
