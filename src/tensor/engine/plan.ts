// A convolution made ready: memory, tables and packed kernels stay from run to run.
import type { Geometry } from '../geometry.ts'
import { part, unwritten } from '../memory.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import { Depthwise, suitsDepthwise } from './depthwise.ts'
import { Direct } from './direct.ts'
import { Instance } from './instance.ts'
import { type Problem, problemOf, resultShape } from './problem.ts'
import { suitsWinograd, WinogradConvolution } from './winograd.ts'

export type Convolution = Geometry & { readonly perSample: boolean }

/** As the sum over the taps that it is, by a shorter way for one channel, or by Winograd's detour. */
export type Way = 'direct' | 'depthwise' | 'winograd'

/** float32 values that a core's second cache holds well, of 1 MiB and more: 640 KiB. */
const CACHE = 5 << 15

export interface ConvolutionPlan {
  readonly way: Way
  /** of the result: (B, O, H', W') */
  readonly shape: Shape
  /**
   * @param x (B, C, H, W)
   * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
   * @param b (O) or (B·O), or none
   * @param into memory for the result, if it is not to be new: its first touch costs
   * @returns (B, O, H', W')
   */
  run(x: Tensor, w: Tensor, b: Tensor | undefined, into?: Float32Array): Tensor
}

/**
 * Makes a convolution of these shapes ready, which pays when it runs more than once.
 *
 * @param x shape of the input
 * @param w shape of the kernels
 * @param options.instance whose memory the plan keeps; one of its own if none is given
 * @param options.way the fastest one if none is given
 * @param options.cache values in work at a time, which bounds the memory beside the packed kernels
 */
export function planConvolution(
  x: Shape,
  w: Shape,
  how: Convolution,
  options: { readonly instance?: Instance; readonly way?: Way; readonly cache?: number } = {},
): ConvolutionPlan {
  const problem = problemOf(x, w, how)
  const { samples, groups, outputs, outputSize, perSample } = problem
  const {
    instance = new Instance(chosenEngine().fma),
    way = fastestWay(problem),
    cache = CACHE,
  } = options
  const convolution = new ways[way](problem, instance, cache)
  const channels = groups * outputs
  const [input, output] = [sizeOf(x) / samples, channels * outputSize[0] * outputSize[1]]
  const kernels = sizeOf(w) / (perSample ? samples : 1)
  let packed: readonly (Tensor | undefined)[] = []
  const shape = resultShape(problem)
  return {
    way,
    shape,
    run(x, w, b, y = unwritten(samples * output)) {
      if (!perSample && (packed[0] !== w || packed[1] !== b)) {
        convolution.setKernels(w.data, b?.data)
        packed = [w, b]
      }
      for (let n = 0; n < samples; n++) {
        if (perSample)
          convolution.setKernels(
            part(w.data, n * kernels, (n + 1) * kernels),
            b && part(b.data, n * channels, (n + 1) * channels),
          )
        convolution.run(
          part(x.data, n * input, (n + 1) * input),
          part(y, n * output, (n + 1) * output),
        )
      }
      return tensor(y, shape)
    },
  }
}

const ways = { direct: Direct, depthwise: Depthwise, winograd: WinogradConvolution }

export function fastestWay(problem: Problem): Way {
  if (suitsWinograd(problem)) return 'winograd'
  return suitsDepthwise(problem) ? 'depthwise' : 'direct'
}
