// What operations work on: values, and the gradient of the loss with respect to each of them.
import { type Floats, type GradientKernels, wholeBlocks } from './gradient-kernels.ts'

/** A row a sample, or one for all of them; `stride` apart. Gradients stand where values do. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly stride: number
  readonly value: Floats
  /** none where the loss cannot be lowered through it */
  readonly gradient?: Floats
}

export function matrix(
  kernels: GradientKernels,
  rows: number,
  columns: number,
  { gradient = true, stride = columns }: { gradient?: boolean; stride?: number } = {},
): Matrix {
  const floats = () => kernels.floats(rows * stride)
  return { rows, columns, stride, value: floats(), ...(gradient && { gradient: floats() }) }
}

/** Where a channel's pixel (i, j) stands: lead + i · pitch + j, in a plane of its own. */
export interface MapLayout {
  readonly lead: number
  readonly pitch: number
  readonly plane: number
}

/** Square maps, (samples, channels, size, size), with room between rows for what padding needs. */
export interface Maps {
  readonly channels: number
  readonly size: number
  readonly value: Floats
  readonly layout: MapLayout
  readonly gradient?: Floats
  readonly gradientLayout: MapLayout
}

/**
 * Maps of a convolution of stride 1 that pads by `padding`: input and output have rows of one
 * pitch, so that a tap is one distance from anywhere. An input's values, and an output's
 * gradients, stand within a border of zeros; the others in the corner of their planes.
 */
export function maps(
  kernels: GradientKernels,
  samples: number,
  channels: number,
  size: number,
  {
    padding,
    pitch,
    role,
    gradient,
  }: {
    padding: number
    pitch: number
    role: 'input' | 'output'
    gradient: boolean
  },
): Maps {
  const bordered = {
    lead: padding * (pitch + 1),
    pitch,
    plane: wholeBlocks((size + 2 * padding) * pitch),
  }
  const corner = { lead: 0, pitch, plane: wholeBlocks(size * pitch) }
  const [layout, gradientLayout] = role === 'input' ? [bordered, corner] : [corner, bordered]
  const floats = (plane: number) => kernels.floats(samples * channels * plane + overrun(pitch))
  return {
    channels,
    size,
    layout,
    gradientLayout,
    value: floats(layout.plane),
    ...(gradient && { gradient: floats(gradientLayout.plane) }),
  }
}

/** How far the last taps of a kernel or a window read behind the last plane. */
function overrun(pitch: number): number {
  return wholeBlocks(MOST_TAPS * (pitch + 1)) + wholeBlocks(1)
}

/** Rows, and columns, of the largest kernel or window. */
const MOST_TAPS = 4

/** Maps without room between rows. */
export function denseMaps(
  kernels: GradientKernels,
  samples: number,
  channels: number,
  size: number,
  gradient: boolean,
): Maps {
  const layout = { lead: 0, pitch: size, plane: size * size }
  const floats = () => kernels.floats(samples * channels * layout.plane)
  return {
    channels,
    size,
    layout,
    gradientLayout: layout,
    value: floats(),
    ...(gradient && { gradient: floats() }),
  }
}

/** Dense maps as a row a sample: channel, row, column. */
export function flattened({ channels, layout, value, gradient }: Maps): Matrix {
  const columns = channels * layout.plane
  const rows = value.length / columns
  return { rows, columns, stride: columns, value, ...(gradient && { gradient }) }
}
