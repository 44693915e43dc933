// Where a convolution reads: the sizes and positions of its windows. One axis at a time.
import type { Pair } from '../base/options.ts'

export type { Pair }

/** What makes a convolution besides its numbers; `same` pads so that the size stays (stride 1). */
export interface Geometry {
  readonly kernelSize: Pair
  readonly stride: Pair
  readonly padding: Pair | 'same'
  readonly dilation: Pair
  readonly groups: number
}

export const axes = [0, 1] as const
type Axis = (typeof axes)[number]

/** A convolution of a 1 x 1 map, or of every pixel by itself. */
export const pointwise: Geometry = {
  kernelSize: [1, 1],
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  groups: 1,
}

/** How many input positions a kernel reaches across: 3 taps two apart span 5. */
export function span({ kernelSize, dilation }: Geometry, axis: Axis): number {
  return dilation[axis] * (kernelSize[axis] - 1) + 1
}

/** Zeros before the first input and behind the last; `same` puts an odd one behind, as PyTorch does. */
export function border(geometry: Geometry, axis: Axis): { before: number; behind: number } {
  if (geometry.padding !== 'same')
    return { before: geometry.padding[axis], behind: geometry.padding[axis] }
  const zeros = span(geometry, axis) - 1
  return { before: Math.floor(zeros / 2), behind: Math.ceil(zeros / 2) }
}

/** floor((H + 2p - d(k-1) - 1) / s) + 1; below 1 where the kernel does not fit. */
export function outputSize(geometry: Geometry, inputSize: Pair): Pair {
  const [rows, columns] = axes.map((axis) => {
    const { before, behind } = border(geometry, axis)
    const steps = inputSize[axis] + before + behind - span(geometry, axis)
    return Math.floor(steps / geometry.stride[axis]) + 1
  }) as [number, number]
  return [rows, columns]
}

/** Where one window reads: an input position for every kernel row and column; null in the padding. */
export interface Window {
  readonly rows: readonly (number | null)[]
  readonly columns: readonly (number | null)[]
}

/** The window that makes the output value in that row and column: i·s + u·d - p along each axis. */
export function windowAt(geometry: Geometry, inputSize: Pair, cell: Pair): Window {
  const [rows, columns] = axes.map((axis) => {
    const first = cell[axis] * geometry.stride[axis] - border(geometry, axis).before
    return Array.from({ length: geometry.kernelSize[axis] }, (_, tap) => {
      const position = first + tap * geometry.dilation[axis]
      return position >= 0 && position < inputSize[axis] ? position : null
    })
  }) as [(number | null)[], (number | null)[]]
  return { rows, columns }
}
