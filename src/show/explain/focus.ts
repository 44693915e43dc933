// What a reader looks at within a step: one sample, expert, channel or pixel of many.
import type { Pair } from '../../tensor/geometry.ts'
import { mixtureOf } from '../../trace/mixture.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import { convolutionStepOf, lastOf, mainConvolution } from '../../trace/window.ts'

export interface Focus {
  readonly sample: number
  readonly expert: number
  readonly out: number
  readonly in: number
  /** row and column of an output value that is worked out */
  readonly pixel: Pair
}

export const start: Focus = { sample: 0, expert: 0, out: 0, in: 0, pixel: [0, 0] }

/** How many there are of each in a trace; the focus lies below. */
export type Extent = Focus

export function extentOf(trace: Trace): Extent {
  const kernel = trace.steps.find(({ id }) => id === mainConvolution(trace)?.from[1])
  const [samples = 1, out = 1, rows = 1, columns = 1] = lastOf(trace).shape
  return {
    sample: samples,
    expert: (kernel && mixtureOf(trace, kernel)?.terms) ?? 1,
    out,
    in: stepOf(trace, 'input').shape[1] as number,
    pixel: [rows, columns],
  }
}

/** The kernel that makes the focused output channel, as it meets the focused input channel. */
export interface KernelPlace {
  readonly out: number
  /** the input channel that is read: the focused one, or its nearest in the output channel's group */
  readonly in: number
  /** where that stands among the channels of the group, which are all that a kernel has */
  readonly at: number
}

export function kernelPlace(trace: Trace, focus: Pick<Focus, 'out' | 'in'>): KernelPlace {
  const { attributes, shape } = convolutionStepOf(trace)
  const { groups } = attributes
  const O = shape[1] as number
  const C = extentOf(trace).in
  const out = Math.min(focus.out, O - 1)
  const size = C / groups
  const first = Math.floor(out / (O / groups)) * size
  const at = Math.min(Math.max(focus.in - first, 0), size - 1)
  return { out, in: first + at, at }
}

/** The focus with one part moved on or back, going round at either end. */
export function moved(
  focus: Focus,
  extent: Extent,
  part: Exclude<keyof Focus, 'pixel'>,
  by: 1 | -1,
): Focus {
  return { ...focus, [part]: around(focus[part] + by, extent[part]) }
}

/** The focus with its pixel moved, stopping at the borders. */
export function movedPixel(focus: Focus, { pixel: size }: Extent, by: Pair): Focus {
  const inside = (axis: 0 | 1) =>
    Math.min(Math.max(focus.pixel[axis] + by[axis], 0), size[axis] - 1)
  return { ...focus, pixel: [inside(0), inside(1)] }
}

function around(index: number, count: number): number {
  return (index + count) % count
}
