// What of a layer is timed: the whole, or the one convolution in it that makes the output.
import type { Attributes } from '../../ops/index.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { tensorNamed } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import { convolutionStepOf } from '../../trace/window.ts'

export const timedParts = ['layer', 'convolution'] as const
export type TimedPart = (typeof timedParts)[number]

/** A convolution as `ops.conv2d` takes it. */
export interface ConvolutionOperands {
  /** (B, C, H, W) */
  readonly x: Tensor
  /** (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if every sample has kernels of its own */
  readonly w: Tensor
  readonly b: Tensor | undefined
  readonly attributes: Attributes['conv2d']
}

/** The convolution that makes the trace's output, on the kernels that the layer mixed for it. */
export function operandsOf(trace: Trace): ConvolutionOperands {
  const { attributes, from } = convolutionStepOf(trace)
  const [x, w, b] = from.map((name) => tensorNamed(trace, name)) as [Tensor, Tensor, Tensor?]
  return { x, w, b, attributes }
}
