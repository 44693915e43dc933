// Intervals, verdicts and studies, on numbers worked out elsewhere.
import { describe, expect, test } from 'vitest'
import { experimentNamed } from '../../src/training/index.ts'
import { studyOf } from '../../src/training/statistics/experiment-study.ts'
import { intervalOf } from '../../src/training/statistics/interval.ts'
import { t975 } from '../../src/training/statistics/student.ts'
import { compareModels } from '../../src/training/statistics/verdict.ts'
import reference from './reference.fixture.json' with { type: 'json' }

test.each([
  [1, 12.7062],
  [2, 4.3027],
  [4, 2.7764],
  [9, 2.2622],
  [19, 2.093],
  [100, 1.984],
])('t(0.975, %i) = %d', (freedom, expected) => {
  expect(t975(freedom)).toBeCloseTo(expected, 4)
})

test('mean, median and half-width by hand', () => {
  // squared deviations 2.25 + 0.25 + 0.25 + 2.25 = 5; sd = √(5/3); t(3) = 3.1824
  const { mean, median, halfWidth } = intervalOf([1, 2, 3, 4])
  expect([mean, median]).toEqual([2.5, 2.5])
  expect(halfWidth).toBeCloseTo((3.18245 * Math.sqrt(5 / 3)) / 2, 4)
  expect(intervalOf([7])).toEqual({ n: 1, mean: 7, median: 7 })
})

/** Comparisons of the reference's metrics, in percentage points; verdicts included. */
const expected = [
  ['scale', 'D4', 'S-full', 1.84, 2.2, 'unclear'],
  ['scale', 'D4', 'S', -0.43, 1.28, 'does not hold'],
  ['scale', 'D4', 'S-madd', -0.84, 1.23, 'does not hold'],
  ['scale', 'D4', 'U4', 0.15, 1.45, 'unclear'],
  ['scale', 'D4', 'S-par', -4.38, 1.09, 'does not hold'],
  ['scale', 'S', 'S-full', 2.27, 1.32, 'holds'],
  ['scale', 'U4', 'S', -0.58, 1.3, 'does not hold'],
  ['digits', 'D4', 'S-full', -0.04, 0.47, 'does not hold'],
  ['digits', 'D4', 'S', 0.26, 0.5, 'does not hold'],
  ['digits', 'D4', 'S-par', -1.05, 0.23, 'does not hold'],
] as const

describe('paired differences of PyTorch metrics', () => {
  test.each(expected)('%s %s - %s', (task, a, b, mean, halfWidth, verdict) => {
    const metrics = reference.metrics[task] as Record<string, number[]>
    const difference = compareModels(metrics[a] as number[], metrics[b] as number[], 0.01)
    expect(100 * difference.mean).toBeCloseTo(mean, 1)
    expect(100 * (difference.halfWidth as number)).toBeCloseTo(halfWidth, 1)
    expect(difference.verdict).toBe(verdict)
  })
})

test('unclear differences say how many seeds would tell', () => {
  const a = [0.9, 0.92, 0.94, 0.91]
  const { seedsNeeded, halfWidth, verdict } = compareModels(a, [0.9, 0.9, 0.9, 0.9], 0.01)
  expect(verdict).toBe('unclear')
  expect(seedsNeeded).toBe(Math.ceil(4 * ((halfWidth as number) / 0.01) ** 2))
  expect(compareModels([1], [0.5], 0.01)).toMatchObject({ verdict: 'unclear' })
})

describe('a study', () => {
  const experiment = experimentNamed('scale')
  const runs = ['S', 'D4'].flatMap((model) =>
    [0, 1, 2].map((seed) => ({
      model,
      seed,
      metrics: { test: seed === 2 && model === 'D4' ? 0.15 : 0.9 + seed / 100, train: 1 },
      losses: [],
    })),
  )

  test('pairs seeds, whatever the order of runs', () => {
    const design = { experiment, models: ['S', 'D4'], seeds: [0, 1, 2] }
    const study = studyOf(design, runs)
    expect(studyOf(design, runs.toReversed())).toEqual(study)
    expect(study.partial).toBe(false)
    expect(study.comparisons.map(({ id }) => id)).toEqual(['same-width'])
    expect(study.comparisons[0]?.difference.perSeed).toEqual([0, 0, 0.15 - 0.92])
  })

  test('names seeds that collapsed, and what is missing', () => {
    const study = studyOf({ experiment, models: ['S', 'D4'], seeds: [0, 1, 2, 3] }, runs)
    expect(study.models.map(({ collapsed }) => collapsed)).toEqual([[], [2]])
    expect(study.partial).toBe(true)
    const none = studyOf({ experiment, models: ['S', 'U4'], seeds: [0] }, runs)
    expect(none.models[1]).not.toHaveProperty('metric')
    expect(none.comparisons).toEqual([])
  })

  test('of the filter experiment knows theory', () => {
    const filter = experimentNamed('filter')
    const of = (model: string, value: number) =>
      studyOf({ experiment: filter, models: [model], seeds: [0] }, [
        { model, seed: 0, metrics: { test: value, train: 1 }, losses: [] },
      ]).models[0]?.theory
    expect(of('S', 0.26)).toEqual({ R2: 0.25, met: true })
    expect(of('D3', 0.7)).toEqual({ R2: 0.75, met: false })
    expect(of('D8', 1)).toEqual({ R2: 1, met: true })
    expect(of('D4-nocue', 0.25)).toEqual({ R2: 0.25, met: true })
    expect(of('R8', 0.9)).toBeUndefined()
    expect(of('D4-T30', 0.9)).toBeUndefined()
  })
})
