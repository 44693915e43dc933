// The engine in WebAssembly against the reference, in a memory of NaN with guards around its own.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ConvolutionOptions,
  planConvolution,
} from '../../../src/tensor/engine/convolution-plan.ts'
import { canFuse, conv2d, engineInUse, useEngine } from '../../../src/tensor/engine/index.ts'
import { Instance } from '../../../src/tensor/engine/instance.ts'
import { problemOf } from '../../../src/tensor/engine/problem.ts'
import { conv2d as reference } from '../../../src/tensor/engine/reference.ts'
import { suitsWinograd } from '../../../src/tensor/engine/winograd.ts'
import { sizeOf, type Tensor, tensor } from '../../../src/tensor/tensor.ts'
import { tries } from '../../thorough.ts'
import { anyConvolution, caches, depthwise, plain, random, winograd } from './convolutions.ts'

/** Values on both sides of everything that a plan reserves. */
const GUARD = 256
/** A NaN of ours: no computation makes these bits. */
const PATTERN = 0x7fc0beef

const variants = [false, ...(canFuse() ? [true] : [])]

describe.each(variants)('fused: %s', (fused) => {
  test.each([
    ['any convolution', anyConvolution(), 50],
    ['where Winograd is used', winograd(), 20],
    ['depthwise', depthwise(), 50],
  ] as const)('%s equals the reference and keeps to its own memory', (_, arbitrary, often) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), caches, ({ x, w, how, bias }, seed, cache) => {
        const [input, kernels] = [random(seed, x), random(seed + 1, w)]
        const b = bias ? random(seed + 2, [w[0] as number]) : undefined
        const y = guarded(input, kernels, b, how, { fused, cache })
        expectClose(y, reference(input, kernels, b, how))
      }),
      tries(often, 100),
    )
  })

  test.each([
    ['direct, stride 2', 2, 1.5e-5],
    ['Winograd, stride 1', 1, 3e-5],
  ])('%s at 64 channels is accurate', (_, stride, limit) => {
    const how = plain({ stride: [stride, stride] })
    const x = random(1, [1, 64, 40, 40])
    const w = random(2, [64, 64, 3, 3])
    const scaled = tensor(
      w.data.map((value) => (value * 2.4) / Math.sqrt(64 * 9)),
      w.shape,
    )
    expect(suitsWinograd(problemOf(x.shape, w.shape, how))).toBe(stride === 1)
    const y = planConvolution(x.shape, w.shape, how, { instance: new Instance(fused) }).run(
      x,
      scaled,
      undefined,
    )
    expect(largestDifference(y, reference(x, scaled, undefined, how))).toBeLessThan(limit)
  })
})

test('a plan runs again with other input and other kernels', () => {
  const how = plain({})
  const [x, w] = [
    [2, 5, 9, 7],
    [6, 5, 3, 3],
  ]
  const plan = planConvolution(x as number[], w as number[], how)
  for (const seed of [1, 2, 3]) {
    const [input, kernels] = [random(seed, x as number[]), random(9 * seed, w as number[])]
    for (const b of [undefined, random(7, [6])])
      expectClose(plan.run(input, kernels, b), reference(input, kernels, b, how))
  }
})

test('a plan fills the memory that it is given', () => {
  const how = plain({})
  const [x, w] = [random(1, [2, 3, 8, 9]), random(2, [4, 3, 3, 3])]
  const into = new Float32Array(2 * 4 * 8 * 9).fill(Number.NaN)
  expect(planConvolution(x.shape, w.shape, how).run(x, w, undefined, into).data).toBe(into)
  expectClose(tensor(into, [2, 4, 8, 9]), reference(x, w, undefined, how))
})

test('a large convolution in several calls, its last one going back a little', () => {
  const how = plain({ kernelSize: [1, 1], padding: [0, 0] })
  const [x, w] = [random(1, [1, 700, 83, 101]), random(2, [5, 700, 1, 1])]
  expectClose(guarded(x, w, undefined, how, { fused: false }), reference(x, w, undefined, how))
})

test('the engine that is chosen computes', () => {
  const before = engineInUse()
  const how = plain({})
  const [x, w] = [random(1, [1, 16, 20, 20]), random(2, [16, 16, 3, 3])]
  useEngine({ name: 'reference', fma: false, threads: 1 })
  expect(conv2d(x, w, undefined, how).data).toEqual(reference(x, w, undefined, how).data)
  useEngine(before)
  expect(conv2d(x, w, undefined, how).data).not.toEqual(reference(x, w, undefined, how).data)
})

/**
 * The plan's result, once it is clear that it kept to its memory, read nothing that it had not written, and
 * leaves the same where its results may stay in that memory.
 */
function guarded(
  x: Tensor,
  w: Tensor,
  b: Tensor | undefined,
  how: ConvolutionOptions,
  options: { readonly fused: boolean; readonly cache?: number },
) {
  const instance = new Instance(options.fused)
  const bits = (first: number, count: number) =>
    new Int32Array(instance.floats.buffer, first, count)
  const size = measure(x, w, how, options) + 8 * GUARD
  instance.reserve(size)
  bits(0, size).fill(PATTERN)
  instance.release(0)
  const before = instance.reserve(GUARD)
  const plan = planConvolution(x.shape, w.shape, how, { ...options, instance })
  const between = instance.reserve(GUARD)
  const place = instance.reserve(sizeOf(plan.shape))
  const behind = instance.reserve(GUARD)
  const y = plan.run(x, w, b)
  const there = new Float32Array(instance.floats.buffer, place, sizeOf(plan.shape))
  expect(bits(place, there.length).every((value) => value === PATTERN)).toBe(true)
  expect(plan.run(x, w, b, there)).toEqual(y)
  for (const guard of [before, between, behind])
    expect(bits(guard, GUARD).every((value) => value === PATTERN)).toBe(true)
  return y
}

function measure(
  x: Tensor,
  w: Tensor,
  how: ConvolutionOptions,
  options: { readonly fused: boolean; readonly cache?: number },
): number {
  const instance = new Instance(options.fused)
  const { shape } = planConvolution(x.shape, w.shape, how, { ...options, instance })
  return instance.size / 4 + sizeOf(shape)
}

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape)
  const most = expected.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  expect(largestDifference(actual, expected)).toBeLessThanOrEqual(1e-6 + 1e-5 * most)
}

/** NaN if there is one in either. */
function largestDifference(a: Tensor, b: Tensor): number {
  return a.data.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (b.data[at] as number))),
    0,
  )
}
