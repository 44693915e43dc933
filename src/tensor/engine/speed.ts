// How long the engine's work takes, about: the milliseconds of a machine of 2024. What shows progress
// goes by the proportions.
import { type Shape, sizeOf } from '../tensor.ts'
import type { ConvolutionOptions } from './convolution-plan.ts'
import { engineInUse } from './index.ts'
import { problemOf } from './problem.ts'
import { suitsWinograd } from './winograd.ts'

/** What Winograd's algorithm leaves of the time of a convolution that it suits. */
const WINOGRAD = 0.3

const perMultiplyAdd = () => ({ wasm: 0.055e-6, reference: 2.5e-6 })[engineInUse().name]

/** Milliseconds for a number that is drawn. */
export const perDraw = () => ({ wasm: 8e-6, reference: 35e-6 })[engineInUse().name]

/** Milliseconds for a value that is read or written on the way. */
export const PER_VALUE = 3e-6

/** Milliseconds for so many multiply-adds of convolutions, if nothing is known of them but their number. */
export function timeOfWork(multiplyAdds: number): number {
  return multiplyAdds * perMultiplyAdd()
}

/** Milliseconds for a convolution of x (B, C, H, W) with w (O, C/g, kh, kw) that has so many results. */
export function timeOfConvolution(
  x: Shape,
  w: Shape,
  how: ConvolutionOptions,
  results: number,
): number {
  const fast = engineInUse().name === 'wasm' && suitsWinograd(problemOf(x, w, how))
  return timeOfWork(results * sizeOf(w.slice(1)) * (fast ? WINOGRAD : 1)) + results * PER_VALUE
}
