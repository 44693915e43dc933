// The laws of every operation: its shape is that of its value, and its derivative what central
// differences in float64 say.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Attributes, type Op, operation, ops } from '../../src/ops/index.ts'
import { manualSeed } from '../../src/random/generator.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { anyGeometry } from '../layers/configurations.ts'

/** Tensors' shapes and attributes that the operation takes. */
interface Case<O extends Op> {
  readonly shapes: readonly (Shape | undefined)[]
  readonly attributes: Attributes[O]
  /** places whose values must be above 0, as a variance */
  readonly positive?: readonly number[]
}

const size = fc.integer({ min: 1, max: 4 })
const temperature = fc.double({ min: 0.3, max: 4, noNaN: true })
const map = fc.tuple(size, size, size, size)
const scores = fc.record({
  sizes: fc.tuple(size, size, size),
  bias: fc.boolean(),
  temperature,
})
const linearShapes = ([B, C, O]: readonly [number, number, number], bias: boolean) => [
  [B, C],
  [O, C],
  bias ? [O] : undefined,
]

/** Cases of every operation; one that is missing does not compile. */
const cases: { readonly [O in Op]: fc.Arbitrary<Case<O>> } = {
  conv2d: fc.record({ geometry: anyGeometry, perSample: fc.boolean() }).map((each) => {
    const { batch, in: C, out, groups, kernelSize, size, bias, ...how } = each.geometry
    const kernels = each.perSample ? batch * out : out
    return {
      shapes: [
        [batch, C, ...size],
        [kernels, C / groups, ...kernelSize],
        bias ? [kernels] : undefined,
      ],
      attributes: {
        kernelSize,
        groups,
        stride: how.stride,
        padding: how.padding,
        dilation: how.dilation,
        perSample: each.perSample,
      },
    }
  }),
  globalAveragePool: map.map((shape) => ({ shapes: [shape], attributes: {} })),
  linear: scores.map(({ sizes, bias }) => ({ shapes: linearShapes(sizes, bias), attributes: {} })),
  batchNorm: map.map((shape) => {
    const [, C] = shape
    return {
      shapes: [shape, [C], [C], [C], [C]],
      attributes: { eps: 1e-5 },
      positive: [4],
    }
  }),
  relu: map.map((shape) => ({ shapes: [shape], attributes: {} })),
  sigmoid: fc.record({ shape: map, temperature }).map(({ shape, temperature }) => ({
    shapes: [shape],
    attributes: { temperature },
  })),
  softmax: fc.record({ rows: size, columns: size, temperature }).map((each) => ({
    shapes: [[each.rows, each.columns]],
    attributes: { axis: 1, temperature: each.temperature },
  })),
  linearSigmoid: scores.map(({ sizes, bias, temperature }) => ({
    shapes: linearShapes(sizes, bias),
    attributes: { temperature },
  })),
  linearSoftmax: scores.map(({ sizes, bias, temperature }) => ({
    shapes: linearShapes(sizes, bias),
    attributes: { axis: 1, temperature },
  })),
  matmul: fc.tuple(size, size, fc.array(size, { minLength: 1, maxLength: 3 })).map((sizes) => {
    const [M, K, rest] = sizes
    return {
      shapes: [
        [M, K],
        [K, ...rest],
      ],
      attributes: {},
    }
  }),
  multiply: fc
    .record({ shape: map, repeats: fc.tuple(...Array(8).fill(fc.boolean())) })
    .map(({ shape, repeats }) => ({
      shapes: [
        shape.map((n, axis) => (repeats[axis] ? 1 : n)),
        shape.map((n, axis) => (repeats[4 + axis] ? 1 : n)),
      ],
      attributes: {},
    })),
  productSum: fc
    .record({
      shape: map,
      axis: fc.nat(3),
      repeats: fc.array(fc.tuple(...Array(4).fill(fc.boolean())), { minLength: 1, maxLength: 3 }),
      fewer: fc.nat(3),
    })
    .map(({ shape, axis, repeats, fewer }) => ({
      shapes: repeats.map((each) =>
        shape.map((n, at) => (each[at] ? 1 : n)).slice(Math.min(fewer, shape.length)),
      ),
      attributes: { shape, axis },
    })),
  identity: map.map((shape) => ({ shapes: [shape], attributes: {} })),
}

/** float64 values in place of a tensor's float32: operations compute in the precision they are given. */
function precise(shape: Shape, seed: number, positive: boolean): Tensor {
  const drawn = manualSeed(seed).randn(sizeOf(shape))
  const values = Float64Array.from(drawn, (value) => (positive ? 0.5 + Math.abs(value) : value))
  return tensor(values as unknown as Float32Array, shape)
}

const STEP = 1e-4

describe.each(Object.keys(ops) as Op[])('%s', (name) => {
  const { shape, forward, backward } = operation(name)

  test('its declared shape is that of its value', () => {
    fc.assert(
      fc.property(cases[name] as fc.Arbitrary<Case<Op>>, ({ shapes, attributes }) => {
        const parents = shapes.map((each) => each && tensor(new Float32Array(sizeOf(each)), each))
        expect(shape(shapes, attributes)).toEqual(forward(parents, attributes).shape)
      }),
    )
  })

  test('its derivative is that of central differences', () => {
    fc.assert(
      fc.property(
        cases[name] as fc.Arbitrary<Case<Op>>,
        fc.integer({ min: 0, max: 2 ** 31 }),
        ({ shapes, attributes, positive = [] }, seed) => {
          const parents = shapes.map(
            (each, at) => each && precise(each, seed + at, positive.includes(at)),
          )
          const output = forward(parents, attributes)
          const slope = precise(output.shape, seed + shapes.length, false)
          const loss = (tensors: typeof parents) =>
            forward(tensors, attributes).data.reduce(
              (sum, value, at) => sum + value * (slope.data[at] as number),
              0,
            )
          const gradients = backward(slope, { parents, output, attributes })
          expect(gradients.map((each) => each?.shape)).toEqual(shapes)
          for (const [which, parent] of parents.entries()) {
            if (parent === undefined) continue
            const at = seed % parent.data.length
            const value = parent.data[at] as number
            if (name === 'relu' && Math.abs(value) < 2 * STEP) continue // its corner
            const moved = (by: number) =>
              loss(
                parents.with(
                  which,
                  tensor(parent.data.with(at, value + by) as Float32Array, parent.shape),
                ),
              )
            const expected = (moved(STEP) - moved(-STEP)) / (2 * STEP)
            const found = gradients[which]?.data[at] as number
            const bound = 1e-6 * (1 + Math.abs(expected))
            expect(Math.abs(found - expected), `parent ${which}`).toBeLessThan(bound)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
