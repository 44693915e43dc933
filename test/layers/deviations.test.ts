// Every standard deviation is what PyTorch 2.13.0 gives: x.std() of every step, and weights.std(0)
// over the batch. test/torch/deviations.py ran them.
import { expect, test } from 'vitest'
import { type LayerName, layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { attentionsOf } from '../../src/trace/attention-summary.ts'
import { standardDeviation } from '../../src/trace/stats.ts'
import type { Trace } from '../../src/trace/trace.ts'
import fixture from '../torch/fixtures/deviations.json' with { type: 'json' }
import { inWords } from './configurations.ts'

interface Recorded {
  readonly id: string
  readonly std: number | string
  /** of attention weights, over the batch */
  readonly samples?: number | string
}

/** Of float32 values that differ by as much as PyTorch allows itself; NaN only from NaN. */
function expectSame(actual: number, recorded: number | string, what: string): void {
  const expected = Number(recorded)
  if (Number.isNaN(expected)) expect(actual, what).toBeNaN()
  else expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(1e-6 + 1e-5 * expected)
}

const cases = fixture.cases.map((each) => [inWords(each.config), each] as const)

test.each(cases)(
  "standard deviations are PyTorch's: %s",
  (_, { config: { layer, ...config }, ...run }) => {
    const steps: readonly Recorded[] = run.steps
    const trace: Trace = traceLayer(layers[layer as LayerName] as Layer, config)
    expect(trace.steps.map(({ id }) => id)).toEqual(steps.map(({ id }) => id))
    for (const [at, { id, std }] of steps.entries())
      expectSame(standardDeviation(trace.steps[at]!.values), std, id)
    const weights = attentionsOf(trace)
    const recorded = steps.filter((step) => 'samples' in step)
    expect(weights.map(({ step }) => step)).toEqual(recorded.map(({ id }) => id))
    for (const [at, { id, samples }] of recorded.entries())
      expectSame(weights[at]!.std, samples!, `${id} over the batch`)
  },
)

test('the runs are of every layer, and a single value has no deviation in PyTorch', () => {
  expect(fixture.torch).toMatch(/^2\.13\.0/)
  expect([...new Set(fixture.cases.map(({ config }) => config.layer))]).toEqual(Object.keys(layers))
  const single = fixture.cases.find(({ config }) => config.layer === 'static' && config.out === 1)
  expect(single?.steps.map(({ std }) => std)).toEqual(Array(4).fill('NaN'))
})
