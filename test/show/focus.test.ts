// Where the kernel is that the reader looks at: in groups, a kernel has only its group's channels.
import { expect, test } from 'vitest'
import { layers } from '../../src/layers/index.ts'
import { traceLayer } from '../../src/run/run.ts'
import { kernelPlace } from '../../src/show/explain/focus.ts'
import { windowStep } from '../../src/trace/window.ts'

const trace = traceLayer(layers.dynamic, { in: 6, out: 4, groups: 2, size: 5 })

test.each([
  { out: 0, in: 2, expected: { out: 0, in: 2, at: 2 } },
  { out: 1, in: 5, expected: { out: 1, in: 2, at: 2 } },
  { out: 2, in: 0, expected: { out: 2, in: 3, at: 0 } },
  { out: 3, in: 4, expected: { out: 3, in: 4, at: 1 } },
  { out: 9, in: 9, expected: { out: 3, in: 5, at: 2 } },
])('output $out, input $in', ({ expected, ...focus }) => {
  expect(kernelPlace(trace, focus)).toEqual(expected)
  const { channels } = windowStep(trace, [0, expected.out, 0, 0])!.reads
  expect(channels[expected.at]).toBe(expected.in)
})
