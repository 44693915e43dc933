// Operations on numbers small enough to check by hand, and the laws of convolution.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ops } from '../../src/ops/index.ts'
import { manualSeed } from '../../src/random/generator.ts'
import { engineInUse, useEngine } from '../../src/tensor/engine/index.ts'
import { type Geometry, pointwise } from '../../src/tensor/geometry.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../../src/tensor/tensor.ts'
import { expectClose } from '../close.ts'
import { anyGeometry } from '../layers/configurations.ts'

const of = (shape: Shape, ...values: number[]) => tensor(Float32Array.from(values), shape)
const geometry = (given: Partial<Geometry>): Geometry => ({ ...pointwise, ...given })
const conv2d = (x: Tensor, w: Tensor, b: Tensor | undefined, given: Partial<Geometry>) =>
  ops.conv2d.forward([x, w, b], { ...geometry(given), perSample: false })

describe('conv2d', () => {
  const x = of([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9)
  const w = of([1, 1, 2, 2], 1, 0, -1, 2)

  test('sums one window after the other', () => {
    const y = conv2d(x, w, of([1], 10), { kernelSize: [2, 2] })
    expect(y.shape).toEqual([1, 1, 2, 2])
    expect([...y.data]).toEqual([
      1 * 1 + 2 * 0 + 4 * -1 + 5 * 2 + 10,
      2 * 1 + 3 * 0 + 5 * -1 + 6 * 2 + 10,
      4 * 1 + 5 * 0 + 7 * -1 + 8 * 2 + 10,
      5 * 1 + 6 * 0 + 8 * -1 + 9 * 2 + 10,
    ])
  })

  test('padding adds zeros, stride skips windows', () => {
    const y = conv2d(x, w, undefined, { kernelSize: [2, 2], padding: [1, 1], stride: [2, 2] })
    expect([...y.data]).toEqual([1 * 2, 2 * -1 + 3 * 2, 4 * 0 + 7 * 2, 5 + 6 * 0 + 8 * -1 + 9 * 2])
  })

  test('dilation spreads the taps', () => {
    const y = conv2d(x, w, undefined, { kernelSize: [2, 2], dilation: [2, 2] })
    expect([...y.data]).toEqual([1 * 1 + 3 * 0 + 7 * -1 + 9 * 2])
  })

  test('same puts the odd zero behind the last row and column', () => {
    const y = conv2d(x, w, undefined, { kernelSize: [2, 2], padding: 'same' })
    expect([...y.data].slice(2, 3)).toEqual([3 * 1 + 0 * 0 + 6 * -1 + 0 * 2])
    expect([...y.data].slice(8)).toEqual([9 * 1])
  })

  test('a group reads its own channels only', () => {
    const two = of([1, 2, 1, 1], 3, 5)
    const y = conv2d(two, of([2, 1, 1, 1], 10, 100), undefined, { groups: 2 })
    expect([...y.data]).toEqual([3 * 10, 5 * 100])
  })

  test('every sample may have kernels of its own', () => {
    const y = ops.conv2d.forward(
      [of([2, 1, 1, 1], 3, 5), of([2, 1, 1, 1], 10, 100), of([2], 1, 2)],
      {
        ...pointwise,
        perSample: true,
      },
    )
    expect([...y.data]).toEqual([3 * 10 + 1, 5 * 100 + 2])
  })

  test('gives the strided figure of a well-known guide, put right', () => {
    const figure = of(
      [1, 1, 5, 5],
      ...[2, 2, 3, 3, 3, 0, 1, 3, 0, 3, 2, 3, 0, 1, 3].concat([3, 3, 2, 1, 2, 3, 3, 0, 2, 3]),
    )
    const kernel = of([1, 1, 3, 3], 2, 0, 1, 1, 0, 0, 0, 1, 1)
    const y = conv2d(figure, kernel, undefined, {
      kernelSize: [3, 3],
      padding: [1, 1],
      stride: [2, 2],
    })
    expect([...y.data]).toEqual([1, 5, 6, 7, 8, 3, 3, 10, 4])
  })

  /** Random x and w for a geometry. */
  function drawn(given: typeof anyGeometry extends fc.Arbitrary<infer G> ? G : never) {
    const generator = manualSeed(given.seed)
    const draw = (shape: Shape) => tensor(generator.randn(sizeOf(shape)), shape)
    const image = [given.batch, given.in, ...given.size]
    const kernel = [given.out, given.in / given.groups, ...given.kernelSize]
    return { draw, image, kernel, run: (x: Tensor, w: Tensor) => conv2d(x, w, undefined, given) }
  }
  const add = (a: Tensor, b: Tensor, scale: number) =>
    tensor(
      a.data.map((value, i) => value + scale * (b.data[i] as number)),
      a.shape,
    )

  test('it is linear in its input and in its kernel', () => {
    fc.assert(
      fc.property(anyGeometry, fc.integer({ min: -3, max: 3 }), (given, scale) => {
        const { draw, image, kernel, run } = drawn(given)
        const [x, other, w, v] = [draw(image), draw(image), draw(kernel), draw(kernel)]
        const y = run(x, w)
        expectClose(run(add(x, other, scale), w).data, add(y, run(other, w), scale).data)
        expectClose(run(x, add(w, v, scale)).data, add(y, run(x, v), scale).data)
      }),
    )
  })

  test('moving the input moves the output', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 32n }), (seed) => {
        const generator = manualSeed(seed)
        const wide = tensor(generator.randn(6 * 7), [1, 1, 6, 7])
        const w = tensor(generator.randn(9), [1, 1, 3, 3])
        const cut = (from: number) =>
          tensor(
            wide.data.filter((_, i) => i % 7 >= from && i % 7 < from + 6),
            [1, 1, 6, 6],
          )
        const [left, right] = [0, 1].map((from) =>
          conv2d(cut(from), w, undefined, { kernelSize: [3, 3] }),
        ) as [Tensor, Tensor]
        for (let row = 0; row < 4; row++)
          expect(left.data.slice(row * 4 + 1, row * 4 + 4)).toEqual(
            right.data.slice(row * 4, row * 4 + 3),
          )
      }),
    )
  })
})

test('globalAveragePool is the mean of each channel', () => {
  const y = ops.globalAveragePool.forward([of([1, 2, 1, 2], 1, 3, 5, 9)], {})
  expect(y.shape).toEqual([1, 2, 1, 1])
  expect([...y.data]).toEqual([(1 + 3) / 2, (5 + 9) / 2])
})

test.each([
  [5, 1],
  [5, 2],
  [3, 3],
  [4, 49],
  [3000, 7],
  [7, 4099],
  [2, 16_384],
  [3, 40_002],
])('globalAveragePool of %i channels of %i has the bits of eight sums', (channels, size) => {
  const x = tensor(manualSeed(size).randn(channels * size), [1, channels, 1, size])
  const expected = Float32Array.from({ length: channels }, (_, channel) => {
    const values = [...x.data.subarray(channel * size, (channel + 1) * size)]
    let total = 0
    while (values.length > 0) {
      const some = values.splice(0, 16_384)
      const sums = Array.from({ length: 8 }, () => 0)
      const whole = some.length - (some.length % 8)
      for (const [at, value] of some.entries()) {
        const lane = at < whole ? at % 8 : 0
        sums[lane] = (sums[lane] as number) + value
      }
      const [a, b, c, d] = [0, 1, 2, 3].map((n) => (sums[n] as number) + (sums[n + 4] as number))
      total += Number(a) + Number(b) + (Number(c) + Number(d))
    }
    return total / size
  })
  expect(ops.globalAveragePool.forward([x], {}).data).toEqual(expected)
  const usual = engineInUse()
  useEngine({ name: 'reference', fma: false, threads: 1 })
  try {
    expect(ops.globalAveragePool.forward([x], {}).data).toEqual(expected)
  } finally {
    useEngine(usual)
  }
})

test('relu keeps what is positive', () => {
  expect([...ops.relu.forward([of([4], -2, -0, 0, 3)], {}).data]).toEqual([0, 0, 0, 3])
})

describe('softmax', () => {
  const softmax = (temperature: number, ...values: number[]) => [
    ...ops.softmax.forward([of([1, values.length], ...values)], { axis: 1, temperature }).data,
  ]

  test('is exp over the sum of exps, a row at a time', () => {
    const [a, b] = softmax(1, 0, Math.log(3)) as [number, number]
    expect(a).toBeCloseTo(1 / (1 + 3), 6)
    expect(b).toBeCloseTo(3 / (1 + 3), 6)
    const rows = ops.softmax.forward([of([2, 2], 0, 0, 5, 5)], { axis: 1, temperature: 1 })
    expect([...rows.data]).toEqual([0.5, 0.5, 0.5, 0.5])
  })

  test('a high temperature evens out, a low one picks the largest', () => {
    expect(softmax(1e9, 1, 2)[0]).toBeCloseTo(0.5, 6)
    expect(softmax(1e-300, 1, 2)).toEqual([0, 1])
  })

  test('large scores do not overflow', () => {
    expect(softmax(1, 1e30, 1e30)).toEqual([0.5, 0.5])
  })
})

test('matmul multiplies rows by columns and keeps the trailing axes', () => {
  const y = ops.matmul.forward([of([1, 2], 2, 3), of([2, 1, 2], 1, 10, 100, 1000)], {})
  expect(y.shape).toEqual([1, 1, 2])
  expect([...y.data]).toEqual([2 * 1 + 3 * 100, 2 * 10 + 3 * 1000])
})

test('linear is a row of the weight times the input, plus a bias', () => {
  const w = of([2, 2], 1, 10, 100, 1000)
  const y = ops.linear.forward([of([2, 2], 2, 3, 5, 7), w, of([2], 0.5, 0.25)], {})
  expect(y.shape).toEqual([2, 2])
  expect([...y.data]).toEqual([
    2 * 1 + 3 * 10 + 0.5,
    2 * 100 + 3 * 1000 + 0.25,
    5 * 1 + 7 * 10 + 0.5,
    5 * 100 + 7 * 1000 + 0.25,
  ])
  const maps = ops.linear.forward([of([1, 2, 1, 1], 2, 3), of([1, 2, 1, 1], 1, 10), undefined], {})
  expect([[...maps.data], maps.shape]).toEqual([[2 * 1 + 3 * 10], [1, 1]])
})

test('sigmoid squeezes every value into 0..1 by itself', () => {
  const sigmoid = (temperature: number, ...values: number[]) => [
    ...ops.sigmoid.forward([of([values.length], ...values)], { temperature }).data,
  ]
  expect(sigmoid(1, 0, 1e30, -1e30)).toEqual([0.5, 1, 0])
  expect(sigmoid(1, Math.log(3))[0]).toBeCloseTo(3 / 4, 6)
  expect(sigmoid(2, 2 * Math.log(3))[0]).toBeCloseTo(3 / 4, 6)
})

test('linear and its activation in one are the sigmoid and the softmax of the sum', () => {
  const from = [of([1, 1], 2), of([2, 1], Math.log(3) / 2, 0), of([2], 0, 0)]
  const [a, b] = ops.linearSigmoid.forward(from, { temperature: 1 }).data
  expect(a).toBeCloseTo(3 / 4, 6)
  expect(b).toBe(0.5)
  const [c, d] = ops.linearSoftmax.forward(from, { axis: 1, temperature: 1 }).data
  expect(c).toBeCloseTo(3 / (3 + 1), 6)
  expect(d).toBeCloseTo(1 / (3 + 1), 6)
})

test('batchNorm is an affine map of each channel', () => {
  const x = of([2, 2, 1, 2], 1, 2, 3, 4, 5, 6, 7, 8)
  const [weight, bias, mean, variance] = [
    of([2], 2, 3),
    of([2], 10, 20),
    of([2], 1, 3),
    of([2], 3, 0),
  ]
  const y = ops.batchNorm.forward([x, weight, bias, mean, variance], { eps: 1 })
  const first = (value: number) => ((value - 1) / Math.sqrt(3 + 1)) * 2 + 10
  const second = (value: number) => ((value - 3) / Math.sqrt(0 + 1)) * 3 + 20
  expect([...y.data]).toEqual([
    ...[first(1), first(2), second(3), second(4)],
    ...[first(5), first(6), second(7), second(8)],
  ])
})

describe('broadcasting', () => {
  test('a size of 1 repeats, in either factor', () => {
    const y = ops.multiply.forward([of([2, 1], 2, 3), of([1, 2], 10, 100)], {})
    expect(y.shape).toEqual([2, 2])
    expect([...y.data]).toEqual([2 * 10, 2 * 100, 3 * 10, 3 * 100])
  })

  test('missing axes are in front', () => {
    const y = ops.multiply.forward([of([2], 2, 3), of([2, 1, 2], 1, 10, 100, 1000)], {})
    expect(y.shape).toEqual([2, 1, 2])
    expect([...y.data]).toEqual([2, 30, 200, 3000])
  })

  test('sizes that neither agree nor are 1 are refused', () => {
    expect(() => ops.multiply.forward([of([2], 1, 2), of([3], 1, 2, 3)], {})).toThrow(RangeError)
    expect(() => ops.multiply.forward([of([3], 1, 2, 3), of([2], 1, 2)], {})).toThrow(RangeError)
  })

  test('productSum sums the products along one axis', () => {
    const weights = of([2, 2, 1], 1, 10, 100, 1000) // (batch, kernel, value)
    const kernels = of([2, 3], 1, 2, 3, 4, 5, 6) // (kernel, value)
    const scales = of([2, 1, 1], 1, -1)
    const y = ops.productSum.forward([scales, weights, kernels], { shape: [2, 2, 3], axis: 1 })
    expect(y.shape).toEqual([2, 3])
    expect([...y.data]).toEqual([
      ...[1 * 1 + 10 * 4, 1 * 2 + 10 * 5, 1 * 3 + 10 * 6],
      ...[-(100 * 1 + 1000 * 4), -(100 * 2 + 1000 * 5), -(100 * 3 + 1000 * 6)],
    ])
  })

  test('productSum along the only axis leaves one value', () => {
    const y = ops.productSum.forward([of([3], 1, 2, 3), of([1], 10)], { shape: [3], axis: 0 })
    expect([[...y.data], y.shape]).toEqual([[60], []])
  })

  test('multiply takes values without axes', () => {
    expect([...ops.multiply.forward([of([], 3), of([], 5)], {}).data]).toEqual([15])
  })

  test('productSum of one tensor repeats it as the shape says', () => {
    const y = ops.productSum.forward([of([1, 2], 3, 5)], { shape: [2, 1, 2], axis: 1 })
    expect([[...y.data], y.shape]).toEqual([
      [3, 5, 3, 5],
      [2, 2],
    ])
  })
})
