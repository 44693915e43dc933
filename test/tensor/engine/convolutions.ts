// Convolutions to try the engine with.
import fc from 'fast-check'
import { manualSeed } from '../../../src/random/generator.ts'
import type { ConvolutionOptions } from '../../../src/tensor/engine/convolution-plan.ts'
import { span } from '../../../src/tensor/geometry.ts'
import { sizeOf, type Tensor, tensor } from '../../../src/tensor/tensor.ts'

export const random = (seed: number, shape: readonly number[]): Tensor =>
  tensor(manualSeed(BigInt(seed)).randn(sizeOf(shape)), shape)

export function plain(given: Partial<ConvolutionOptions>): ConvolutionOptions {
  return {
    kernelSize: [3, 3],
    stride: [1, 1],
    padding: [1, 1],
    dilation: [1, 1],
    groups: 1,
    perSample: false,
    ...given,
  }
}

/** Little enough to need several blocks of rows, blocks of tiles or groups of channels, or more than enough. */
export const caches = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant(5 << 15))

/** A kernel a channel, on images down to the smallest. */
export function depthwise(): fc.Arbitrary<Case> {
  return fc
    .record({
      samples: fc.integer({ min: 1, max: 3 }),
      channels: fc.integer({ min: 1, max: 9 }),
      size: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 3, max: 30 })),
      perSample: fc.boolean(),
      bias: fc.boolean(),
    })
    .map(({ samples, channels, size, perSample, bias }) => ({
      x: [samples, channels, ...size],
      w: [channels * (perSample ? samples : 1), 1, 3, 3],
      how: plain({ groups: channels, perSample }),
      bias,
    }))
}

export interface Case {
  readonly x: readonly number[]
  readonly w: readonly number[]
  readonly how: ConvolutionOptions
  readonly bias: boolean
}

/** Odd widths, outputs narrower than a tile, every kind of stride, padding, dilation and groups. */
export function anyConvolution(): fc.Arbitrary<Case> {
  const pair = (least: number, most: number) =>
    fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
  return fc
    .record({
      samples: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      inputs: fc.integer({ min: 1, max: 6 }),
      outputs: fc.integer({ min: 1, max: 13 }),
      kernelSize: pair(1, 5),
      stride: pair(1, 5),
      dilation: pair(1, 3),
      padding: fc.oneof(pair(0, 4), fc.constant('same' as const)),
      more: pair(0, 40),
      perSample: fc.boolean(),
      bias: fc.boolean(),
    })
    .map(({ samples, groups, inputs, outputs, more, bias, ...given }) => {
      const stride = given.padding === 'same' ? ([1, 1] as const) : given.stride
      const how: ConvolutionOptions = { ...given, stride, groups }
      const size = [span(how, 0) + more[0], span(how, 1) + more[1]]
      return {
        x: [samples, groups * inputs, ...size],
        w: [groups * outputs * (given.perSample ? samples : 1), inputs, ...given.kernelSize],
        how,
        bias,
      }
    })
}

/** 16 to 20 channels, and images of any size: where Winograd's algorithm is taken. */
export function winograd(): fc.Arbitrary<Case> {
  const channels = fc.integer({ min: 16, max: 20 })
  const side = fc.integer({ min: 13, max: 37 })
  return fc
    .record({
      samples: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      inputs: channels,
      outputs: channels,
      size: fc.tuple(side, side),
      padding: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      perSample: fc.boolean(),
      bias: fc.boolean(),
    })
    .map(({ samples, groups, inputs, outputs, size, padding, perSample, bias }) => ({
      x: [samples, groups * inputs, ...size],
      w: [groups * outputs * (perSample ? samples : 1), inputs, 3, 3],
      how: plain({ padding, groups, perSample }),
      bias,
    }))
}
