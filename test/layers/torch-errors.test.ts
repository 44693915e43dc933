// PyTorch 2.13's messages, as it printed them; those of F.conv2d are held to it case by case in
// article.test.ts, and all that a mistake shows by test/torch/mistakes.py.
import { expect, test } from 'vitest'
import { conv2dError, viewError } from '../../src/layers/torch-errors.ts'
import { pointwise } from '../../src/tensor/geometry.ts'

const geometry = { ...pointwise, kernelSize: [3, 3] as const }

test("PyTorch's error is given for a bias of the wrong size or shape", () => {
  const say = (bias: number[]) =>
    conv2dError([1, 6, 32, 32], [32, 3, 3, 3], { ...geometry, groups: 2 }, bias)
  const expected = 'Given weight of size [32, 3, 3, 3], expected bias to be 1-dimensional with 32'
  expect(say([2, 16])).toBe(`${expected} elements, but got bias of size [2, 16] instead`)
  expect(say([16])).toBe(`${expected} elements, but got bias of size [16] instead`)
  expect(say([32])).toBeUndefined()
})

test("PyTorch's error is given for channels that the groups do not reach", () => {
  expect(conv2dError([1, 6, 32, 32], [32, 3, 3, 3], geometry)).toBe(
    'Given groups=1, weight of size [32, 3, 3, 3], expected input[1, 6, 32, 32] to have 3 channels, but got 6 channels instead',
  )
})

test("PyTorch's error is given for a view of another number of values", () => {
  expect(viewError([2, 16], [16])).toBe("shape '[16]' is invalid for input of size 32")
  expect(viewError([2, 16], [32])).toBeUndefined()
})
