// A check that cannot fail checks nothing: each of them fails on a run that has been tampered with.
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import {
  anotherInput,
  sumsToOne,
  temperatureFlattens,
} from '../../src/trace/checks/attention-checks.ts'
import {
  batchIsItsSamples,
  outputRows,
  shiftsAlong,
} from '../../src/trace/checks/convolution-checks.ts'
import { mixThenConvolve, oneKernelIsStatic } from '../../src/trace/checks/expert-checks.ts'
import { tensorNamed } from '../../src/trace/query.ts'
import { replay } from '../../src/trace/replay.ts'
import type { Trace } from '../../src/trace/trace.ts'

const dynamic = traceLayer(layers.dynamic, {
  batch: 2,
  input: 'varied',
  size: 8,
})
const plain = traceLayer(layers.static, { batch: 2, size: 8 })

/** The trace with the values of one step replaced. */
function tampered(trace: Trace, id: string, change: (values: Float32Array) => Float32Array): Trace {
  return {
    ...trace,
    steps: trace.steps.map((step) =>
      step.id === id ? { ...step, values: change(step.values) } : step,
    ),
  }
}

const off = (values: Float32Array) => values.map((value) => value + 0.01)

describe.each([
  ['attention sums to one', sumsToOne('attention'), dynamic, tampered(dynamic, 'attention', off)],
  [
    'a temperature flattens',
    temperatureFlattens('attention'),
    dynamic,
    tampered(dynamic, 'attention', (values) => values.map(() => 0.25)),
  ],
  ['mixing comes before convolving', mixThenConvolve, dynamic, tampered(dynamic, 'output', off)],
  [
    'another input gets another kernel',
    anotherInput,
    dynamic,
    tampered(dynamic, 'aggregate-weight', (values) => values.map(() => 0.5)),
  ],
  [
    'a batch is its samples, in dynamic',
    batchIsItsSamples,
    dynamic,
    tampered(dynamic, 'output', off),
  ],
  ['a batch is its samples, in static', batchIsItsSamples, plain, tampered(plain, 'output', off)],
  ['the output shifts along with the input', shiftsAlong, plain, tampered(plain, 'output', off)],
] as const)('the check that %s', (_, check, trace, wrong) => {
  test('holds on a run', () => expect(check(trace)?.holds).toBe(true))
  test('fails on one that was tampered with', () => expect(check(wrong)?.holds).toBe(false))
})

test('all attention on one kernel is the static layer, and not if the biases stay mixed', () => {
  expect(oneKernelIsStatic(dynamic)?.holds).toBe(true)
  const mixedBias = dynamic.steps.find(({ id }) => id === 'aggregate-bias')
  const stubborn = {
    ...dynamic,
    steps: dynamic.steps.map((step) =>
      step === mixedBias ? { ...step, from: ['fc2', 'parameters/bias'] } : step,
    ),
  } as Trace
  expect(oneKernelIsStatic(stubborn)?.holds).toBe(false)
  expect(oneKernelIsStatic(plain)).toBeUndefined()
})

test('the rows of the output are counted from its geometry', () => {
  expect(outputRows(plain)?.holds).toBe(true)
  const cut = {
    ...plain,
    steps: plain.steps.map((step) =>
      step.id === 'output' ? { ...step, shape: [2, 16, 7, 8] } : step,
    ),
  } as Trace
  expect(outputRows(cut)?.holds).toBe(false)
})

test('one sample says nothing about batches, one kernel nothing about temperature', () => {
  const one = traceLayer(layers.dynamic, { kernels: 1, size: 4 })
  expect(batchIsItsSamples(one)).toBeUndefined()
  expect(temperatureFlattens('attention')(one)).toBeUndefined()
  expect(anotherInput(one)?.holds).toBe(true)
})

test.each(Object.values(layers))('replay of $name on its own input is the run', (layer) => {
  const trace = traceLayer(layer, { batch: 2, size: 5, input: 'varied' })
  const again = replay(trace, { input: tensorNamed(trace, 'input') })
  for (const { id, values } of trace.steps) if (id in again) expect(again[id]?.data).toEqual(values)
  expect('output' in again).toBe(true)
})
