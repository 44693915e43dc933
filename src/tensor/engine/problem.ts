// A convolution in plain sizes.
import { border, type Geometry, outputSize, type Pair } from '../geometry.ts'
import type { Shape } from '../tensor.ts'

export interface Problem {
  readonly samples: number
  readonly groups: number
  /** of one group */
  readonly inputs: number
  /** of one group */
  readonly outputs: number
  readonly inputSize: Pair
  readonly outputSize: Pair
  readonly kernelSize: Pair
  readonly stride: Pair
  readonly dilation: Pair
  /** zeros before the first row and column */
  readonly before: Pair
  /** every sample has kernels of its own */
  readonly perSample: boolean
}

/** (B, O, H', W') */
export function resultShape({ samples, groups, outputs, outputSize }: Problem): Shape {
  return [samples, groups * outputs, ...outputSize]
}

/**
 * @param x (B, C, H, W)
 * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
 */
export function problemOf(
  x: Shape,
  w: Shape,
  how: Geometry & { readonly perSample: boolean },
): Problem {
  const [samples, , H, W] = x as [number, number, number, number]
  const [rows, inputs, kh, kw] = w as [number, number, number, number]
  const { groups, stride, dilation, perSample } = how
  return {
    samples,
    groups,
    inputs,
    outputs: (perSample ? rows / samples : rows) / groups,
    inputSize: [H, W],
    outputSize: outputSize(how, [H, W]),
    kernelSize: [kh, kw],
    stride,
    dilation,
    before: [border(how, 0).before, border(how, 1).before],
    perSample,
  }
}
