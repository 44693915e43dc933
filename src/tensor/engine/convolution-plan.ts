// A convolution made ready: memory, tables and packed kernels stay from run to run.
import type { Geometry } from '../geometry.ts'
import { subarrayOf, uninitialized } from '../memory.ts'
import { type Shape, sizeOf, type Tensor, tensor } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import { Depthwise, suitsDepthwise } from './depthwise.ts'
import { Direct } from './direct.ts'
import { Instance } from './instance.ts'
import { type Problem, problemOf, resultShape } from './problem.ts'
import { suitsWinograd, WinogradConvolution } from './winograd.ts'

export type ConvolutionOptions = Geometry & { readonly perSample: boolean }

/** The sum over the taps that it is, a shorter way for one channel, or Winograd's. */
export type Algorithm = 'direct' | 'depthwise' | 'winograd'

/** float32 values that a core's second cache holds well, of 1 MiB and more: 640 KiB. */
const CACHE = 5 << 15

export interface ConvolutionPlan {
  readonly algorithm: Algorithm
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
 * @param options.algorithm the fastest one if none is given
 * @param options.cache values in work at a time, which bounds the memory beside the packed kernels
 */
export function planConvolution(
  x: Shape,
  w: Shape,
  how: ConvolutionOptions,
  options: {
    readonly instance?: Instance
    readonly algorithm?: Algorithm
    readonly cache?: number
  } = {},
): ConvolutionPlan {
  const problem = problemOf(x, w, how)
  const { samples, groups, outputs, outputSize, perSample } = problem
  const {
    instance = new Instance(chosenEngine().fma),
    algorithm = fastestAlgorithm(problem),
    cache = CACHE,
  } = options
  const convolution = new algorithms[algorithm](problem, instance, cache)
  const channels = groups * outputs
  const [input, output] = [sizeOf(x) / samples, channels * outputSize[0] * outputSize[1]]
  const kernels = sizeOf(w) / (perSample ? samples : 1)
  let packed: readonly (Tensor | undefined)[] = []
  const shape = resultShape(problem)
  return {
    algorithm,
    shape,
    run(x, w, b, y = uninitialized(samples * output)) {
      if (!perSample && (packed[0] !== w || packed[1] !== b)) {
        convolution.setKernels(w.data, b?.data)
        packed = [w, b]
      }
      for (let n = 0; n < samples; n++) {
        if (perSample)
          convolution.setKernels(
            subarrayOf(w.data, n * kernels, (n + 1) * kernels),
            b && subarrayOf(b.data, n * channels, (n + 1) * channels),
          )
        convolution.run(
          subarrayOf(x.data, n * input, (n + 1) * input),
          subarrayOf(y, n * output, (n + 1) * output),
        )
      }
      return tensor(y, shape)
    },
  }
}

const algorithms = { direct: Direct, depthwise: Depthwise, winograd: WinogradConvolution }

export function fastestAlgorithm(problem: Problem): Algorithm {
  if (suitsWinograd(problem)) return 'winograd'
  return suitsDepthwise(problem) ? 'depthwise' : 'direct'
}
