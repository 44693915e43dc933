// An experiment's page from runs that are made up, so that nothing about it depends on training.
import { stripVTControlCharacters } from 'node:util'
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { languages } from '../../src/base/text.ts'
import { renderExperiment } from '../../src/commands/experiment/page/page.ts'
import { createStyle } from '../../src/show/style.ts'
import { experimentNamed, experiments } from '../../src/training/index.ts'
import type { TrainingRun } from '../../src/training/optimisation/training-run.ts'
import { studyOf } from '../../src/training/statistics/experiment-study.ts'
import { madeUp } from '../training/made-up.ts'

const styleOf = (language: 'en' | 'zh', ascii = false) =>
  createStyle(language, 80, new Chalk({ level: 0 }), ascii)

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

describe.each(experiments.map(({ name }) => name))('the page of %s', (name) => {
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

  test('is ASCII with --ascii', () => {
    expect(pageOf(name, 2, styleOf('en', true))).toMatch(/^[\n -~]*$/)
  })

  test('says nothing undefined with one seed, with none, and with some missing', () => {
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
] as const)('the page of %s is as before (%s)', (name, language) => {
  expect(pageOf(name, 4, styleOf(language))).toMatchSnapshot()
})
