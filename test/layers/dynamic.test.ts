// What must hold of dynamic convolution whatever the numbers: the identities of its maths.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dynamicLayer } from '../../src/layers/dynamic/layer.ts'
import { geometryOf } from '../../src/layers/geometry.ts'
import { type Attributes, ops } from '../../src/tensor/ops.ts'
import { at, reshape, sizeOf, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { planRun } from '../../src/trace/plan.ts'
import { stepOf, tensorOf } from '../../src/trace/query.ts'
import { traceLayer } from '../../src/trace/run.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { expectClose } from '../close.ts'
import { anyGeometry } from './configurations.ts'

const anyRun = fc.record({ geometry: anyGeometry, kernels: fc.integer({ min: 1, max: 4 }) })

/** The run's pieces as tensors, and its convolution with kernels of one's own. */
function pieces(given: Record<string, unknown>) {
  const trace = traceLayer(dynamicLayer, given)
  const parameter = (name: string) => {
    const found = trace.parameters.find((each) => each.name === name)
    return found && tensorOf(found)
  }
  const { config } = planRun(dynamicLayer, given)
  const convolve = (x: Tensor, w: Tensor, b: Tensor | undefined) =>
    ops.conv2d([x, w, b], {
      ...geometryOf(config),
      perSample: false,
    } satisfies Attributes['conv2d'])
  return { trace, weight: parameter('weight') as Tensor, bias: parameter('bias'), convolve, config }
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

test('convolving with every expert and mixing the results gives the same output', () => {
  fc.assert(
    fc.property(anyRun, ({ geometry, kernels }) => {
      const { trace, weight, bias, convolve } = pieces({ ...geometry, kernels })
      const x = tensorOf(stepOf(trace, 'input'))
      const attention = tensorOf(stepOf(trace, 'attention'))
      const each = Array.from({ length: kernels }, (_, k) =>
        convolve(x, at(weight, k), bias && at(bias, k)),
      )
      const output = stepOf(trace, 'output')
      const perSample = output.values.length / geometry.batch
      const mixed = output.values.map((_, i) => {
        const n = Math.floor(i / perSample)
        return each.reduce(
          (sum, y, k) => sum + (at(attention, n, k).data[0] as number) * (y.data[i] as number),
          0,
        )
      })
      expectClose(output.values, mixed)
    }),
  )
})

test('folding the batch into the groups of one convolution gives the same output', () => {
  fc.assert(
    fc.property(anyRun, ({ geometry, kernels }) => {
      const { trace, config } = pieces({ ...geometry, kernels })
      const x = tensorOf(stepOf(trace, 'input'))
      const [B, C, H, W] = x.shape as [number, number, number, number]
      const bias = trace.steps.find(({ id }) => id === 'aggregate-bias')
      const folded = ops.conv2d(
        [
          reshape(x, [1, B * C, H, W]),
          tensorOf(stepOf(trace, 'aggregate-weight')),
          bias && tensorOf(bias),
        ],
        { ...geometryOf(config), groups: config.groups * B, perSample: false },
      )
      expect(valuesOf(trace, 'output')).toEqual(folded.data)
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

test('averaging attention over the batch is another layer', () => {
  const given = { batch: 4, input: 'varied' }
  const { trace, convolve } = pieces(given)
  const attention = tensorOf(stepOf(trace, 'attention'))
  const averaged = tensor(
    Float32Array.from({ length: 4 }, (_, k) => {
      const column = [0, 1, 2, 3].map((n) => at(attention, n, k).data[0] as number)
      return column.reduce((sum, value) => sum + value, 0) / 4
    }),
    [1, 4],
  )
  const kernel = ops.matmul([averaged, tensorOf(stepOf(trace, 'experts'))], {})
  const bias = trace.parameters.find(({ name }) => name === 'bias')
  const mixedBias = ops.matmul([averaged, bias && tensorOf(bias)], {})
  const y = convolve(
    tensorOf(stepOf(trace, 'input')),
    reshape(kernel, [16, 3, 3, 3]),
    reshape(mixedBias, [16]),
  )
  const furthest = valuesOf(trace, 'output').reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (y.data[i] as number))),
    0,
  )
  expect(furthest).toBeGreaterThan(0.01)
})

test('the experts start as independent ordinary layers, so mixing makes the kernel smaller', () => {
  const trace = traceLayer(dynamicLayer, { in: 64, out: 64, kernels: 4, temperature: 1e9, size: 3 })
  const spread = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
  const ratio = spread(valuesOf(trace, 'aggregate-weight')) / spread(valuesOf(trace, 'experts'))
  expect(ratio).toBeCloseTo(1 / Math.sqrt(4), 2)
})
