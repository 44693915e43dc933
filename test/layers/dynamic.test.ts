// What must hold of dynamic convolution whatever the numbers: the identities of its maths.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dynamicLayer } from '../../src/layers/dynamic/layer.ts'
import { geometryOf } from '../../src/layers/geometry-options.ts'
import { type Attributes, ops } from '../../src/ops/index.ts'
import { planRun } from '../../src/run/plan.ts'
import { traceLayer } from '../../src/run/run.ts'
import { at, sizeOf, type Tensor } from '../../src/tensor/tensor.ts'
import { stepOf, tensorOf } from '../../src/trace/query.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { expectClose } from '../close.ts'
import { anyGeometry } from './configurations.ts'

/** The run's pieces as tensors, and its convolution with kernels of one's own. */
function pieces(given: Record<string, unknown>) {
  const trace = traceLayer(dynamicLayer, given)
  const parameter = (name: string) => {
    const found = trace.parameters.find((each) => each.name === name)
    return found && tensorOf(found)
  }
  const { config } = planRun(dynamicLayer, given)
  const convolve = (x: Tensor, w: Tensor, b: Tensor | undefined) =>
    ops.conv2d.forward([x, w, b], {
      ...geometryOf(config),
      perSample: false,
    } satisfies Attributes['conv2d'])
  return { trace, weight: parameter('weight') as Tensor, bias: parameter('bias'), convolve }
}

const valuesOf = (trace: Trace, id: string) => stepOf(trace, id).values

test('with one kernel it is static convolution with that kernel', () => {
  fc.assert(
    fc.property(anyGeometry, (geometry) => {
      const { trace, weight, bias, convolve } = pieces({ ...geometry, kernels: 1 })
      const x = tensorOf(stepOf(trace, 'input'))
      const y = convolve(x, at(weight, 0), bias && at(bias, 0))
      expect(valuesOf(trace, 'output')).toEqual(y.data)
    }),
  )
})

test('equal scores mix to the mean of the experts', () => {
  const trace = traceLayer(dynamicLayer, { temperature: 1e9 })
  const { values, shape } = stepOf(trace, 'experts')
  const size = sizeOf(shape.slice(1))
  const mean = Float32Array.from({ length: size }, (_, i) => {
    const column = [0, 1, 2, 3].map((k) => values[k * size + i] as number)
    return column.reduce((sum, value) => sum + value, 0) / 4
  })
  expectClose(valuesOf(trace, 'aggregate-weight'), mean)
})

test('the experts start as independent ordinary layers, so mixing makes the kernel smaller', () => {
  const trace = traceLayer(dynamicLayer, { in: 64, out: 64, kernels: 4, temperature: 1e9, size: 3 })
  const spread = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
  const ratio = spread(valuesOf(trace, 'aggregate-weight')) / spread(valuesOf(trace, 'experts'))
  expect(ratio).toBeCloseTo(1 / Math.sqrt(4), 2)
})
