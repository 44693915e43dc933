// How long a run takes, told before it starts: the same parts that it then announces.
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { partsOf, roughCost, totalOf } from '../../src/run/expected.ts'
import { planRun } from '../../src/run/plan.ts'
import { tracePlan } from '../../src/run/run.ts'
import { useEngine } from '../../src/tensor/engine/index.ts'
import { geometriesFor } from '../layers/configurations.ts'

describe.each(Object.values(layers))('$name', (layer) => {
  test.each(geometriesFor(layer))('%s announces its parts, in their order', (_, given) => {
    const plan = planRun(layer, given)
    const parts = partsOf(plan)
    const begun: string[] = []
    tracePlan(layer, plan, (id) => begun.push(id))
    expect([...new Set(begun)]).toEqual([...parts.keys()])
    for (const { cost, title } of parts.values()) {
      expect(cost).toBeGreaterThanOrEqual(0)
      expect(title.zh).toMatch(/\p{Script=Han}/u)
    }
  })

  test('what is provided is not drawn', () => {
    const shape = [2, 3, 32, 32]
    const input = { source: 'x.npy', shape, values: new Float32Array(2 * 3 * 32 * 32) }
    expect(partsOf(planRun(layer, {}, { input })).get('input')?.cost).toBe(0)
    expect(partsOf(planRun(layer, {})).get('input')?.cost).toBeGreaterThan(0)
  })
})

test('Winograd shortens what it suits: 3 x 3 kernels of one step, with many channels', () => {
  const layer = layers.static
  const cost = (given: Record<string, unknown>) =>
    partsOf(planRun(layer, { in: 32, out: 32, size: 32, padding: 1, ...given })).get('output')
      ?.cost as number
  const dense = cost({})
  expect(cost({ in: 8 })).toBeGreaterThan(dense / 2)
  expect(cost({ dilation: 2, padding: 2 })).toBeGreaterThan(2 * dense)
  expect(cost({ stride: 2, size: 64 })).toBeGreaterThan(2 * dense)
  expect(cost({ groups: 32 })).toBeLessThan(dense)
})

test('four samples take four times as long, and the definition longer than the fast engine', () => {
  const layer = layers.static
  const cost = (batch: number) => {
    const plan = planRun(layer, { batch, in: 64, out: 64, kernelSize: 5, size: 64 })
    return [totalOf(partsOf(plan).values()), roughCost(plan)] as const
  }
  const [one, rough] = cost(1)
  expect(cost(4)[0] / one).toBeGreaterThan(3.5)
  expect(cost(4)[1] / rough).toBeGreaterThan(3.5)
  useEngine({ name: 'reference', fma: false, threads: 1 })
  try {
    expect(cost(1)[0]).toBeGreaterThan(4 * one)
  } finally {
    useEngine({ name: 'wasm', fma: false, threads: 1 })
  }
})
