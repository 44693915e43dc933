// Gradients of a run, held to the ones that PyTorch's autograd gave.
import { expect, test } from 'vitest'
import { dynamicLayer } from '../../src/layers/dynamic/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { gradientsOf } from '../../src/trace/gradients.ts'
import { stepOf } from '../../src/trace/query.ts'

const trace = traceLayer(dynamicLayer, { seed: 0 })
/** L = mean(y²) / 2, so that dy = y / n */
const output = stepOf(trace, 'output')
const { length } = output.values
const gradients = gradientsOf(
  trace,
  tensor(
    output.values.map((value) => value / length),
    output.shape,
  ),
)
const of = (name: string) => gradients.get(name) as Tensor

const expectEach = (values: Iterable<number>, expected: readonly number[]) => {
  for (const [at, value] of [...values].entries())
    expect(value).toBeCloseTo(expected[at] as number, 6)
}

test("attention's gradient is how well each kernel agrees with the mixture's", () => {
  expectEach(of('attention').data, [0.1390198, 0.0631944, 0.0512191, 0.1130889])
})

test('the scores get what softmax lets through', () => {
  expectEach(of('fc2').data, [0.0128229, -0.007265, -0.0080202, 0.0024624])
})

test('every expert gets its share of one direction', () => {
  const experts = of('parameters/weight')
  const size = experts.data.length / 4
  const norms = [0, 1, 2, 3].map((k) =>
    Math.hypot(...experts.data.subarray(k * size, (k + 1) * size)),
  )
  expectEach(norms, [0.0304835, 0.0141317, 0.0121203, 0.0243833])
})

test('gradients stand in the order of the way back, the input last', () => {
  const steps = trace.steps.map(({ id }) => id)
  const found = [...gradients.keys()]
  expect(found.filter((name) => steps.includes(name))).toEqual(steps.toReversed())
  expect(found.filter((name) => name.startsWith('parameters/')).sort()).toEqual(
    trace.parameters.map(({ name }) => `parameters/${name}`).sort(),
  )
})
