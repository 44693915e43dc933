// What of a layer is timed: the whole, or the one convolution in it that makes the output.
import type { Attributes } from '../../ops/index.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { tensorNamed } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import { convolutionOf as mainConvolution } from '../../trace/window.ts'

export const parts = ['layer', 'convolution'] as const
export type Part = (typeof parts)[number]

/** A convolution as `ops.conv2d` takes it. */
export interface Convolution {
  /** (B, C, H, W) */
  readonly x: Tensor
  /** (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if every sample has kernels of its own */
  readonly w: Tensor
  readonly b: Tensor | undefined
  readonly attributes: Attributes['conv2d']
}

/** The convolution that makes the trace's output, on the kernels that the layer mixed for it. */
export function convolutionOf(trace: Trace): Convolution {
  const { attributes, from } = mainConvolution(trace)
  const [x, w, b] = from.map((name) => tensorNamed(trace, name)) as [Tensor, Tensor, Tensor?]
  return { x, w, b, attributes }
}
