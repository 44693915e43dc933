// The numeric figure with stride of the guide to convolution arithmetic: wrong since 2018
// (github.com/vdumoulin/conv_arithmetic, issue 17). It shows a corner of the output for stride 1.
import { convolve } from '../ops/nested.ts'

/** its input (5, 5), and its kernel (3, 3) */
export const input = [
  [2, 2, 3, 3, 3],
  [0, 1, 3, 0, 3],
  [2, 3, 0, 1, 3],
  [3, 3, 2, 1, 2],
  [3, 3, 0, 2, 3],
]
export const kernel = [
  [2, 0, 1],
  [1, 0, 0],
  [0, 1, 1],
]

/** With padding 1. */
function outputFor(stride: number): number[][] {
  const geometry = { stride: [stride, stride], padding: [1, 1] } as const
  return convolve([input], [[kernel]], undefined, geometry)[0] as number[][]
}

/** The output for stride 2, (3, 3). */
export const correct = outputFor(2)

/** What the figure shows in its place. */
export const shown = outputFor(1)
  .slice(0, 3)
  .map((row) => row.slice(0, 3))
