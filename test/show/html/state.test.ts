// What readers do in the page, apart from how it looks.
import { expect, test } from 'vitest'
import { layers } from '../../../src/layers/index.ts'
import { traceLayer } from '../../../src/run/run.ts'
import { withWeight } from '../../../src/show/html/page/hand.ts'
import { isChanged, reduce, startState } from '../../../src/show/html/page/state.ts'

const two = Float32Array.of(0.5, 0.3, 0.2, 0.1, 0.1, 0.8)

test('shares go on summing to 1, in the proportions the others had', () => {
  const step = { op: 'softmax', values: two } as const
  const set = withWeight(step, 3, 1, 2, 0.4)
  expect([...set.subarray(0, 3)]).toEqual([...two.subarray(0, 3)])
  expect(set.subarray(3)).toEqual(Float32Array.of(0.3, 0.3, 0.4))
  expect(two[5]).toBe(Math.fround(0.8))
})

test('shares that were 0 share what is left', () => {
  const step = { op: 'linearSoftmax', values: Float32Array.of(1, 0, 0) } as const
  expect(withWeight(step, 3, 0, 0, 0.5)).toEqual(Float32Array.of(0.5, 0.25, 0.25))
})

test('weights that are no shares are set one by one', () => {
  const step = { op: 'sigmoid', values: two } as const
  expect(withWeight(step, 3, 0, 1, 1)).toEqual(Float32Array.of(0.5, 1, 0.2, 0.1, 0.1, 0.8))
})

test('a new temperature takes back what was set by hand; reset takes back both', () => {
  const start = startState('en', traceLayer(layers.dynamic, {}))
  const values = Float32Array.of(1, 0, 0, 0)
  expect(isChanged(start)).toBe(false)
  const weighed = reduce(start, { do: 'weigh', step: 'attention', values })
  expect(weighed.change.values).toEqual({ attention: values })
  const heated = reduce(weighed, { do: 'heat', temperature: 3 })
  expect(heated.change).toEqual({ temperature: 3, values: {} })
  const both = reduce(heated, { do: 'weigh', step: 'attention', values })
  expect(both.change).toEqual({ temperature: 3, values: { attention: values } })
  expect(isChanged(both)).toBe(true)
  expect(reduce(both, { do: 'reset' })).toEqual(start)
  const moved = reduce(both, { do: 'look', at: { out: 2 } })
  expect(moved.focus).toEqual({ ...start.focus, out: 2 })
  expect(reduce(moved, { do: 'speak', language: 'zh' })).toEqual({ ...moved, language: 'zh' })
})
