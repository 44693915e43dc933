// A convolution made ready: memory, tables and packed kernels stay from run to run.
import type { Geometry } from '../geometry.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../tensor.ts'
import { Direct } from './direct.ts'
import { Instance } from './instance.ts'
import { problemOf } from './problem.ts'
import { suitsWinograd, WinogradConvolution } from './winograd.ts'

export type Convolution = Geometry & { readonly perSample: boolean }

export interface ConvolutionPlan {
  /**
   * @param x (B, C, H, W)
   * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
   * @param b (O) or (B·O), or none
   * @returns (B, O, H', W')
   */
  run(x: Tensor, w: Tensor, b: Tensor | undefined): Tensor
}

/**
 * @param x shape of the input
 * @param w shape of the kernels
 * @param instance whose memory the plan may keep; one of its own if none is given
 */
export function planConvolution(
  x: Shape,
  w: Shape,
  how: Convolution,
  instance = new Instance(false),
): ConvolutionPlan {
  const problem = problemOf(x, w, how)
  const { samples, groups, outputs, outputSize, perSample } = problem
  const way = suitsWinograd(problem)
    ? new WinogradConvolution(problem, instance)
    : new Direct(problem, instance)
  const channels = groups * outputs
  const [input, output] = [sizeOf(x) / samples, channels * outputSize[0] * outputSize[1]]
  const kernels = sizeOf(w) / (perSample ? samples : 1)
  let packed: readonly (Tensor | undefined)[] = []
  return {
    run(x, w, b) {
      const y = new Float32Array(samples * output)
      if (!perSample && (packed[0] !== w || packed[1] !== b)) {
        way.setKernels(w.data, b?.data)
        packed = [w, b]
      }
      for (let n = 0; n < samples; n++) {
        if (perSample)
          way.setKernels(
            w.data.subarray(n * kernels, (n + 1) * kernels),
            b?.data.subarray(n * channels, (n + 1) * channels),
          )
        way.run(
          x.data.subarray(n * input, (n + 1) * input),
          y.subarray(n * output, (n + 1) * output),
        )
      }
      return tensor(y, [samples, channels, ...outputSize])
    },
  }
}
