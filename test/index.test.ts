// The library as its README shows it.
import { expect, test } from 'vitest'
import { layers, manualSeed, prepareForward, runLayer, UsageError } from '../src/index.ts'

test('runLayer runs a layer under its name', () => {
  const { steps, cost, seed } = runLayer('dynamic', {
    kernels: 2,
    batch: 2,
    size: [8, 9],
    seed: -1,
  })
  expect(steps.at(-1)?.shape).toEqual([2, 16, 6, 7])
  expect(cost.lines.map(({ id }) => id)).toEqual(['convolution', 'attention', 'aggregation'])
  expect(seed).toBe('-1')
})

test('numbers, pairs and the texts of the command line are all taken', () => {
  expect(runLayer('static', { kernelSize: 5 })).toEqual(runLayer('static', { kernelSize: '5x5' }))
  expect(runLayer('static', { seed: 2n ** 64n - 1n })).toEqual(
    runLayer('static', { seed: '18446744073709551615' }),
  )
})

test('what makes no layer is refused, and so is an unknown option', () => {
  expect(() => runLayer('static', { groups: 2 })).toThrow(UsageError)
  expect(() => runLayer('static', { kernels: 2 } as never)).toThrow('static has no option kernels')
})

test('manualSeed gives the stream behind the layers', () => {
  const { steps } = runLayer('static', { seed: 7 })
  expect(manualSeed(7).randn(3 * 32 * 32)).toEqual(steps[0]?.values)
})

test('prepareForward runs a traced layer on other input', () => {
  const trace = runLayer('dynamic', { batch: 2, seed: 7 })
  const forward = prepareForward(trace)
  const another = manualSeed(8).randn(2 * 3 * 32 * 32)
  const expected = runLayer(
    'dynamic',
    { batch: 2 },
    {
      input: { source: 'another', shape: trace.input.shape, values: another },
      weights: {
        source: 'trace',
        tensors: Object.fromEntries(trace.parameters.map((each) => [each.name, each])),
      },
    },
  )
  expect(forward(another).data).toEqual(expected.steps.at(-1)?.values)
  expect(() => forward(another.subarray(1))).toThrow('6143 values: expected 6144')
})

test('the registry stands in teaching order', () => {
  expect(Object.keys(layers).slice(0, 2)).toEqual(['static', 'dynamic'])
  for (const [name, layer] of Object.entries(layers)) expect(layer.name).toBe(name)
})

test('what is refused draws nothing: the stream goes on where it was', () => {
  const stream = manualSeed(5)
  const first = stream.randn(3)
  for (const wrong of [() => stream.rand(-1), () => stream.normal(20, 0, -1)])
    expect(wrong).toThrow(UsageError)
  const undisturbed = manualSeed(5)
  expect([undisturbed.randn(3), undisturbed.uniform(4, -1, 1)]).toEqual([
    first,
    stream.uniform(4, -1, 1),
  ])
})

test('what another realm calls a Float32Array is one', async () => {
  const { runInNewContext } = await import('node:vm')
  const values = runInNewContext('new Float32Array(16)')
  expect(values instanceof Float32Array).toBe(false)
  expect(prepareForward(runLayer('static', { in: 1, size: 4 }))(values).shape).toEqual([
    1, 16, 4, 4,
  ])
})
