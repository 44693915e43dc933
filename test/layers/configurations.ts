// Configurations for tests: a table of named geometries, and random ones.
import fc from 'fast-check'
import type { Layer } from '../../src/layers/layer.ts'
import { runOptions } from '../../src/run/plan.ts'
import { axes, outputSize } from '../../src/tensor/geometry.ts'

/** Geometries that every layer must handle, small enough to run in a blink. */
export const geometries: Record<string, Record<string, unknown>> = {
  usual: {},
  'one pixel': { in: 1, out: 1, kernelSize: 1, size: 1 },
  batch: { batch: 3, size: 6 },
  stride: { stride: 2, size: 7 },
  'unequal axes': {
    kernelSize: '3x2',
    stride: '1x2',
    padding: '2x0',
    dilation: '1x3',
    size: '6x9',
  },
  groups: { in: 4, out: 6, groups: 2, size: 5 },
  depthwise: { in: 4, out: 4, groups: 4, size: 5, batch: 2 },
  dilation: { dilation: 2, size: 9 },
  same: { padding: 'same', kernelSize: '4x3', dilation: '1x2', size: 6 },
  valid: { padding: 'valid', size: 5 },
  'no bias': { bias: false, size: 5, batch: 2 },
  varied: { input: 'varied', batch: 2, size: 4 },
}

/** The geometries that a layer has options for. */
export function geometriesFor(layer: Layer): [string, Record<string, unknown>][] {
  const known = new Set([...Object.keys(layer.options), ...Object.keys(runOptions)])
  return Object.entries(geometries).filter(([, given]) =>
    Object.keys(given).every((key) => known.has(key)),
  )
}

const pair = (from: number, to: number) =>
  fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))

/** Any small geometry whose kernel fits its input. */
export const anyGeometry = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    inPerGroup: fc.integer({ min: 1, max: 3 }),
    outPerGroup: fc.integer({ min: 1, max: 3 }),
    kernelSize: pair(1, 4),
    stride: pair(1, 3),
    padding: fc.oneof(pair(0, 3), fc.constant('same' as const)),
    dilation: pair(1, 3),
    bias: fc.boolean(),
    batch: fc.integer({ min: 1, max: 3 }),
    size: pair(1, 9),
    seed: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    input: fc.constantFrom('randn', 'rand', 'relu', 'varied'),
  })
  .map(({ inPerGroup, outPerGroup, ...given }) => ({
    ...given,
    in: given.groups * inPerGroup,
    out: given.groups * outPerGroup,
    stride: given.padding === 'same' ? ([1, 1] as [number, number]) : given.stride,
  }))
  .filter((given) => axes.every((axis) => outputSize(given, given.size)[axis] >= 1))

/** A configuration as a title: every setting and its value. */
export const inWords = (config: Readonly<Record<string, unknown>>) =>
  Object.entries(config)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
