// An output value worked out equals the output, whatever the layer, the geometry and the cell.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import type { Layer } from '../../src/layers/layer.ts'
import { traceLayer } from '../../src/run/run.ts'
import { windowAt } from '../../src/tensor/geometry.ts'
import { sizeOf } from '../../src/tensor/tensor.ts'
import { mixtureOf } from '../../src/trace/mixture.ts'
import { stepOf } from '../../src/trace/query.ts'
import type { Trace, WindowStep } from '../../src/trace/trace.ts'
import { lastOf, windowStep } from '../../src/trace/window.ts'
import { anyGeometry } from '../layers/configurations.ts'

/** The index of value number `at` of the output. */
function cellOf({ shape }: { shape: readonly number[] }, at: number): WindowStep['at'] {
  return shape.map(
    (size, axis) => Math.floor(at / sizeOf(shape.slice(axis + 1))) % size,
  ) as unknown as WindowStep['at']
}

function givenFor(layer: Layer, { bias, ...geometry }: { bias: boolean }): Record<string, unknown> {
  return 'bias' in layer.options ? { ...geometry, bias } : geometry
}

describe.each(Object.values(layers))('$name', (layer) => {
  test('the total is the output value, and the parts make the total', () => {
    fc.assert(
      fc.property(anyGeometry, fc.nat(), (geometry, pick) => {
        const trace = traceLayer(layer, givenFor(layer, geometry))
        const output = lastOf(trace)
        const at = pick % output.values.length
        const step = windowStep(trace, cellOf(output, at)) as WindowStep
        expect(step.total).toBe(output.values[at])
        const sum = step.sums.reduce((total, each) => total + each, step.bias) * (step.scale ?? 1)
        expect(sum).toBeCloseTo(step.total, 5)
        const products = [...step.patch].map((value, i) => value * (step.kernel[i] as number))
        expect([...step.products]).toEqual(products)
        expectReads(trace, step)
      }),
      { numRuns: 60 },
    )
  })

  test('a mixed kernel is the sum of its terms', () => {
    const trace = traceLayer(layer, {
      batch: 2,
      in: 4,
      out: 6,
      groups: 2,
      input: 'varied',
      size: 6,
    })
    const step = windowStep(trace, [1, 4, 2, 1]) as WindowStep
    const mixture = mixtureOf(trace, stepOf(trace, step.from[1] as string))
    if (layer.name === 'static') return expect(mixture).toBeUndefined()
    for (const [i, value] of step.kernel.entries()) {
      let sum = 0
      for (let k = 0; k < (mixture?.terms ?? 0); k++)
        sum += mixture?.factors(k, 1, 4 * step.kernel.length + i).reduce((a, b) => a * b, 1) ?? 0
      expect(sum).toBeCloseTo(value, 6)
    }
  })
})

/** Every patch value is the input's at the position that the window says, or a zero of the padding. */
function expectReads(trace: Trace, { from, reads, patch, at, shape }: WindowStep): void {
  const x = stepOf(trace, from[0] as string)
  const [, C, H, W] = x.shape as [number, number, number, number]
  const [, kh, kw] = shape as [number, number, number]
  for (const [i, value] of patch.entries()) {
    const channel = reads.channels[Math.floor(i / (kh * kw))] as number
    const row = reads.rows[Math.floor(i / kw) % kh] as number | null
    const column = reads.columns[i % kw] as number | null
    const read =
      row === null || column === null ? 0 : x.values[((at[0] * C + channel) * H + row) * W + column]
    expect(value).toBe(read)
  }
}

test('windows by hand: padding, stride and dilation', () => {
  const geometry = {
    kernelSize: [3, 2],
    stride: [2, 1],
    padding: [1, 0],
    dilation: [1, 3],
    groups: 1,
  } as const
  expect(windowAt(geometry, [5, 6], [0, 0])).toEqual({ rows: [null, 0, 1], columns: [0, 3] })
  expect(windowAt(geometry, [5, 6], [2, 2])).toEqual({ rows: [3, 4, null], columns: [2, 5] })
  const same = {
    ...geometry,
    kernelSize: [2, 2],
    stride: [1, 1],
    padding: 'same',
    dilation: [1, 1],
  } as const
  // of one zero an axis, the odd one stands behind
  expect(windowAt(same, [3, 3], [2, 0])).toEqual({ rows: [2, null], columns: [0, 1] })
})
