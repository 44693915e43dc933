// Work that is done again and again in the engine's own memory gives what it gives once.
import { expect, test } from 'vitest'
import { ops } from '../../../src/ops/index.ts'
import {
  canFuse,
  conv2d,
  engineInUse,
  ResultArena,
  useEngine,
} from '../../../src/tensor/engine/index.ts'
import { reshape, type Tensor } from '../../../src/tensor/tensor.ts'
import { plain, random } from './convolutions.ts'

const [kernels, depthwise] = [random(1, [16, 3, 3, 3]), random(2, [16, 1, 3, 3])]
const wide = random(3, [24, 16, 3, 3])

/** Convolutions of all three ways, one after the other, and other operations between them. */
function work(x: Tensor): Tensor {
  const first = ops.relu.forward([conv2d(x, kernels, undefined, plain({}))], {})
  const second = conv2d(first, depthwise, undefined, plain({ groups: 16 }))
  const third = conv2d(second, wide, undefined, plain({}))
  const means = ops.globalAveragePool.forward([third], {})
  return ops.multiply.forward(
    [third, ops.sigmoid.forward([reshape(means, [2, 24, 1, 1])], { temperature: 1 })],
    {},
  )
}

const inputs = [5, 6, 7].map((seed) => random(seed, [2, 3, 21, 18]))

test('every time the same as once', () => {
  const repeated = new ResultArena()
  for (const x of [...inputs, ...inputs]) expect(repeated.run(() => work(x))).toEqual(work(x))
})

test('from the second time on results are written where they were', () => {
  const repeated = new ResultArena()
  const [first, second, third] = inputs.map((x) => repeated.run(() => work(x))) as [
    Tensor,
    Tensor,
    Tensor,
  ]
  expect(first).toEqual(work(inputs[0] as Tensor))
  expect(third.data).toBe(second.data)
})

test('other work meanwhile, or in its place, changes nothing', () => {
  const repeated = new ResultArena()
  const [x, y] = inputs as [Tensor, Tensor]
  repeated.run(() => work(x))
  const result = repeated.run(() => work(y))
  const large = random(8, [1, 40, 90, 90])
  const weights = random(9, [40, 40, 5, 5])
  const how = plain({ kernelSize: [5, 5], padding: [2, 2] })
  const expected = conv2d(large, weights, undefined, how)
  expect(result).toEqual(work(y))
  expect(repeated.run(() => conv2d(large, weights, undefined, how))).toEqual(expected)
  expect(repeated.run(() => work(x))).toEqual(work(x))
})

test('the engine that is chosen computes', () => {
  const before = engineInUse()
  const repeated = new ResultArena()
  const [x] = inputs as [Tensor]
  const others = [
    { ...before, name: 'reference' as const },
    ...(canFuse() ? [{ ...before, fma: !before.fma }] : []),
  ]
  try {
    for (const engine of [before, ...others, before]) {
      useEngine(engine)
      expect(repeated.run(() => work(x))).toEqual(work(x))
    }
  } finally {
    useEngine(before)
  }
})

test('work that fails the first time may succeed the next', () => {
  const repeated = new ResultArena()
  const [x] = inputs as [Tensor]
  expect(() =>
    repeated.run(() => {
      work(x)
      throw new Error('no')
    }),
  ).toThrow('no')
  for (let time = 0; time < 3; time++) expect(repeated.run(() => work(x))).toEqual(work(x))
})
