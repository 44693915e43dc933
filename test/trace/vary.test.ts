// A changed run is the run that its flags would give, and every map of it is that run's.
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { unchanged, type Variant, vary } from '../../src/trace/vary.ts'
import { convolutionStepOf, lastOf } from '../../src/trace/window.ts'

const given = { in: 4, out: 6, groups: 2, batch: 2, size: '7x6', input: 'varied', seed: 5 }

/** Every channel of the last step, one after the other. */
function output({ trace, maps }: Variant): number[] {
  const { id, shape } = lastOf(trace)
  const [B, O] = shape as [number, number]
  return Array.from({ length: B * O }, (_, at) => [
    ...maps[id]!(Math.floor(at / O), at % O).data,
  ]).flat()
}

describe.each(Object.values(layers))('$name', (layer) => {
  const trace = traceLayer(layer, given)
  const saved = unchanged(trace)

  test('without a change it is the run itself', () => {
    expect(output(saved)).toEqual([...lastOf(trace).values])
    expect(output(vary(saved, { values: {} }))).toEqual([...lastOf(trace).values])
  })

  test.runIf('temperature' in layer.options)(
    'at another temperature it is the run that has it',
    () => {
      const expected = traceLayer(layer, { ...given, temperature: 0.3 })
      const variant = vary(saved, { temperature: 0.3, values: {} })
      expect(output(variant)).toEqual([...lastOf(expected).values])
      expect(output(variant)).not.toEqual([...lastOf(trace).values])
      for (const [at, step] of variant.trace.steps.entries())
        expect(step, step.id).toEqual({ ...expected.steps[at], note: step.note })
      expect(variant.trace.config).toEqual(expected.config)
    },
  )

  const weights = trace.steps.find(({ kind }) => kind === 'weights')
  test.runIf(weights)('with attention set by hand its kernels and output follow', () => {
    const { id, values } = weights!
    const doubled = vary(saved, { values: { [id]: values.map((value) => 2 * value) } })
    const convolution = convolutionStepOf(trace)
    const kernel = (all: typeof trace) =>
      all.steps.find((step) => step.id === convolution.from[1])!.values
    const read = (all: typeof trace) =>
      all.steps.find((step) => step.id === convolution.from[0])!.values
    expect([kernel(doubled.trace), read(doubled.trace)]).not.toEqual([kernel(trace), read(trace)])
    expect(output(doubled)).toEqual([...lastOf(doubled.trace).values])
    expect(trace).toEqual(traceLayer(layer, given))
    expect(doubled.maps.input).toBe(saved.maps.input)
  })
})
