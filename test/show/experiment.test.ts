// An experiment's page from runs that are made up, so that nothing about it depends on training.
import { stripVTControlCharacters } from 'node:util'
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { renderExperiment } from '../../src/commands/experiment/page/page.ts'
import { createStyle } from '../../src/show/style.ts'
import { experimentNamed, experiments } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import type { TrainingRun } from '../../src/training/optimisation/training-run.ts'
import { studyOf } from '../../src/training/statistics/experiment-study.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'

const styleOf = (language: 'en' | 'zh', ascii = false) =>
  createStyle(language, 80, new Chalk({ level: 0 }), ascii)

/** A run whose numbers follow from its name and seed. */
function madeUp(name: string, modelName: string, seed: number): TrainingRun {
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

/** The same run with another metric, so that no two models differ alike in every seed. */
function shaken(run: TrainingRun): TrainingRun {
  const shift = 0.02 * ((run.seed * (2 + run.model.length)) % 5)
  const metrics = Object.entries(run.metrics).map(([set, metric]) => [set, metric - shift])
  return { ...run, metrics: Object.fromEntries(metrics) }
}

function pageOf(
  name: string,
  seeds: number,
  style = styleOf('en'),
  runsOf = seeds,
  make: (run: TrainingRun) => TrainingRun = (run) => run,
): string {
  const experiment = experimentNamed(name)
  const models = [...experiment.models, ...experiment.further]
  const runs = models.flatMap((model) =>
    Array.from({ length: runsOf }, (_, seed) => make(madeUp(name, model, seed))),
  )
  const design = { experiment, models, seeds: Array.from({ length: seeds }, (_, seed) => seed) }
  return renderExperiment(studyOf(design, runs), style)
}

describe.each(experiments.map(({ name }) => name))('%s', (name) => {
  test.each(languages)('with every model fits 80 columns (%s)', (language) => {
    const page = pageOf(name, 5, styleOf(language))
    for (const row of page.split('\n')) {
      expect(stringWidth(row), row).toBeLessThanOrEqual(80)
      expect(row).toBe(row.trimEnd())
    }
    for (const word of ['undefined', 'NaN', 'Infinity']) expect(page).not.toContain(word)
  })

  test.each(languages)('with unclear verdicts fits 80 columns (%s)', (language) => {
    const page = pageOf(name, 5, styleOf(language), 5, shaken)
    expect(page).toMatch(language === 'en' ? /unclear \(\d+ seeds\)/ : /不确定（\d+ 个种子）/)
    for (const row of page.split('\n')) expect(stringWidth(row), row).toBeLessThanOrEqual(80)
  })

  test('in ASCII', () => {
    expect(pageOf(name, 2, styleOf('en', true))).toMatch(/^[\n -~]*$/)
  })

  test('with one seed, with none, and with some missing', () => {
    for (const language of languages)
      for (const [seeds, finished] of [
        [1, 1],
        [3, 0],
        [3, 2],
      ] as const) {
        const page = pageOf(name, seeds, styleOf(language), finished)
        for (const word of ['undefined', 'NaN', 'Infinity']) expect(page).not.toContain(word)
        expect(/Partial|不完整/.test(page)).toBe(finished < seeds)
      }
  })
})

test('colour adds escape codes and nothing else', () => {
  const colored = createStyle('en', 80, new Chalk({ level: 1 }), false)
  for (const { name } of experiments) {
    const lines = pageOf(name, 3, colored).split('\n')
    expect(lines.join('\n')).toContain('\u001b[')
    expect(stripVTControlCharacters(lines.join('\n'))).toBe(pageOf(name, 3))
    for (const line of lines) {
      const codes = line.split('\u001b[').slice(1)
      if (codes.length > 0) expect(codes.at(-1), line).toMatch(/^(22|39)m/) // each line ends its own
    }
  }
})

test.each([
  ['scale-gen', 'en'],
  ['scale-gen', 'zh'],
  ['filter', 'en'],
  ['filter', 'zh'],
] as const)('%s (%s)', (name, language) => {
  expect(pageOf(name, 4, styleOf(language))).toMatchSnapshot()
})
