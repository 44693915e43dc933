import { expect, test } from 'vitest'
import { at, reshape, tensor } from '../../src/tensor/tensor.ts'

const x = tensor(
  Float32Array.from({ length: 24 }, (_, i) => i),
  [2, 3, 4],
)

test('a shape must hold exactly its values', () => {
  expect(() => tensor(new Float32Array(4), [3, 3])).toThrow('[3,3] does not hold 4 values')
  expect(() => tensor(new Float32Array(4), [-2, -2])).toThrow(RangeError)
  expect(() => reshape(x, [5, 5])).toThrow(RangeError)
})

test('at goes down the leading axes', () => {
  expect([...at(x, 1, 2).data]).toEqual([20, 21, 22, 23])
  expect(at(x, 1).shape).toEqual([3, 4])
  expect(at(x, 1, 2, 3).shape).toEqual([])
})

test('at never leaves its axis', () => {
  expect(() => at(x, 0, 3)).toThrow('[0,3] is outside shape [2,3,4]')
  expect(() => at(x, -1)).toThrow(RangeError)
  expect(() => at(x, 0, 0, 0, 0)).toThrow(RangeError)
})
