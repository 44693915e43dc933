// What must hold of CondConv whatever the numbers.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condconvLayer } from '../../src/layers/condconv/layer.ts'
import { type GeometryConfig, geometryOf } from '../../src/layers/geometry-options.ts'
import { ops } from '../../src/ops/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { at } from '../../src/tensor/tensor.ts'
import { stepOf, tensorOf } from '../../src/trace/query.ts'
import { expectClose } from '../close.ts'
import { anyGeometry } from './configurations.ts'

const run = (given: Record<string, unknown>) => traceLayer(condconvLayer, given)

test('every weight comes from its own score alone: no softmax, no sum of 1', () => {
  const { values } = stepOf(run({ batch: 3, input: 'varied' }), 'routing')
  const scores = stepOf(run({ batch: 3, input: 'varied' }), 'logits').values
  for (const [k, weight] of values.entries())
    expect(weight).toBeCloseTo(1 / (1 + Math.exp(-(scores[k] as number))), 6)
  const [first = 0, ...rest] = values.slice(0, 4)
  expect(Math.abs(rest.reduce((sum, weight) => sum + weight, first) - 1)).toBeGreaterThan(0.1)
})

test('with one kernel it is that convolution, times the weight that each sample gives it', () => {
  fc.assert(
    fc.property(anyGeometry, (geometry) => {
      const trace = run({ ...geometry, kernels: 1 })
      const parameter = (name: string) => {
        const found = trace.parameters.find((each) => each.name === name)
        return found && at(tensorOf(found), 0)
      }
      const plain = ops.conv2d.forward(
        [tensorOf(stepOf(trace, 'input')), parameter('weight'), parameter('bias')],
        { ...geometryOf(trace.config as unknown as GeometryConfig), perSample: false },
      )
      const routing = stepOf(trace, 'routing').values
      const size = plain.data.length / geometry.batch
      const scaled = plain.data.map((value, i) => value * (routing[Math.floor(i / size)] as number))
      expectClose(stepOf(trace, 'output').values, scaled)
    }),
  )
})

test('mixing multiplies the spread of the experts by the root of the summed squared weights', () => {
  const trace = run({ in: 64, out: 64, size: 3 })
  const spread = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
  const ratio =
    spread(stepOf(trace, 'aggregate-weight').values) / spread(stepOf(trace, 'experts').values)
  const weights = stepOf(trace, 'routing').values
  const expected = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0))
  expect(ratio).toBeCloseTo(expected, 2)
})
