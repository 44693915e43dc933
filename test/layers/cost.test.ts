// What layers say they cost, against the multiplications that a run of them really takes.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { totalCost } from '../../src/trace/cost.ts'
import type { CostPart } from '../../src/trace/parts.ts'
import type { Step, Trace } from '../../src/trace/trace.ts'
import { anyGeometry, geometriesFor } from './configurations.ts'
import { multiplicationsOf } from './multiplications.ts'

const nothing: Record<CostPart, number> = {
  convolution: 0,
  attention: 0,
  aggregation: 0,
  scaling: 0,
}

/** The part of the cost that a step's multiplications belong to. */
function partOf({ id, op }: Step): CostPart {
  if (op === 'multiply') return 'scaling'
  if (id.startsWith('aggregate-')) return 'aggregation'
  return id === 'output' || id === 'convolved' ? 'convolution' : 'attention'
}

/** Multiplications a sample, part by part. */
function measured(trace: Trace): typeof nothing {
  const [batch = 1] = trace.input.shape
  const counts = multiplicationsOf(trace)
  const parts = { ...nothing }
  for (const step of trace.steps) parts[partOf(step)] += (counts.get(step.id) as number) / batch
  return parts
}

function claimed({ cost }: Trace): typeof nothing {
  const lines = cost.lines.map(({ id, multiplyAdds }) => [id, multiplyAdds])
  return { ...nothing, ...Object.fromEntries(lines) }
}

describe.each(Object.values(layers))('$name', (layer) => {
  test.each(geometriesFor(layer))('%s: multiply-adds are the multiplications', (_, given) => {
    const trace = traceLayer(layer, given)
    expect(measured(trace)).toEqual(claimed(trace))
  })

  test('and so they are for any geometry and any number of kernels', () => {
    const mixing = 'kernels' in layer.options
    fc.assert(
      fc.property(anyGeometry, fc.integer({ min: 1, max: 4 }), ({ bias, ...geometry }, kernels) => {
        const trace = traceLayer(layer, {
          ...geometry,
          ...('bias' in layer.options && { bias }),
          ...(mixing && { kernels }),
        })
        expect(measured(trace)).toEqual(claimed(trace))
      }),
      { numRuns: 40 },
    )
  })

  test('the whole is the sum of its parts', () => {
    const { cost } = traceLayer(layer, {})
    expect(cost).toMatchObject(totalCost(cost.lines))
  })
})

test('odconv as its formula counts it', () => {
  const { lines } = traceLayer(layers.odconv, {}).cost
  const heads = 3 + 16 + 9 + 4
  expect(lines).toEqual([
    { id: 'convolution', parameters: 0, multiplyAdds: 32 * 32 * 16 * 27 },
    {
      id: 'attention',
      parameters: 3 * 16 + 2 * 16 + heads * 16 + heads,
      multiplyAdds: 3 * 16 + 16 * heads,
      additions: 3 * 32 * 32,
    },
    { id: 'aggregation', parameters: 4 * 16 * 27, multiplyAdds: 2 * 4 * 16 * 27 },
    { id: 'scaling', parameters: 0, multiplyAdds: 3 * 32 * 32 + 16 * 32 * 32 },
  ])
})

test('condconv as its formula counts it', () => {
  const { lines } = traceLayer(layers.condconv, {}).cost
  expect(lines).toEqual([
    { id: 'convolution', parameters: 0, multiplyAdds: 32 * 32 * 16 * 27 },
    { id: 'attention', parameters: 4 * 3 + 4, multiplyAdds: 3 * 4, additions: 3 * 32 * 32 },
    {
      id: 'aggregation',
      parameters: 4 * 16 * 27 + 4 * 16,
      multiplyAdds: 4 * 16 * 27 + 4 * 16,
    },
  ])
})
