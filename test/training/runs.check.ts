// Whole runs on large images against PyTorch's results.
import { expect, test } from 'vitest'
import reference from './reference.fixture.json' with { type: 'json' }
import { near, trained } from './runs.ts'

test("metrics are PyTorch's: scale S, seed 3", () => {
  const expected = reference.metrics.scale.S[3] as number
  const difference = (trained('scale', 'S', 3).metrics.test as number) - expected
  expect(Math.abs(difference)).toBeLessThanOrEqual(0.02)
})

test('what attention is good for is as in PyTorch: scale D4, seed 0', () => {
  const { attention, entropy, metrics } = trained('scale', 'D4', 0)
  near(attention?.shuffled, 0.866, 0.03)
  near(attention?.mean, 0.88, 0.03)
  for (const [layer, share] of [0.976, 0.894, 0.762].entries())
    near(attention?.byCue?.[layer], share, 0.06)
  for (const [layer, share] of [0.005, 0.017, 0.101].entries())
    near(attention?.byClass?.[layer], share, 0.05)
  const first = [1.39, 1.39, 1.39, 1.38, 1.22, 1.35, 1.33, 1.34, 1.33, 1.33, 1.33, 1.33, 1.33]
  expect(entropy?.length).toBe(first.length)
  for (const [at, expected] of first.entries()) near(entropy?.[at]?.[0], expected, 0.02)
  for (const [at, expected] of [0.783, 0.99, 1].entries())
    near(attention?.perCue?.[at]?.accuracy, expected, 0.04)
  near(metrics.train, 0.986, 0.01)
})
