// y = w * x + b, stride 1, by one kernel for all samples or one for each.
//
//   forward     y[n, o, i, j] = b[o] + Σ c,u,v  w[o, c, u, v] · x[n, c, i + u - p, j + v - p]
//   backward    db[o] = Σ dy     dw[o, c, u, v] = Σ n,i,j  dy[n, o, i, j] · x[n, c, i + u - p, j + v - p]
//               dx[n, c] = the same correlation of dy with the kernel turned by half a turn
import type { ConvolutionLayer } from '../../architecture.ts'
import { type GradientKernels, type Taps, wholeBlocks } from '../gradient-kernels.ts'
import type { GradientOperation } from '../gradient-operation.ts'
import type { Maps, Matrix } from '../variables.ts'

/**
 * @param w a row for all samples or one each: the weights (out, in, k, k), then the biases (out)
 */
export function convolution(
  kernels: GradientKernels,
  layer: Pick<ConvolutionLayer, 'in' | 'out' | 'kernel' | 'padding'>,
  x: Maps,
  w: Matrix,
  y: Maps,
): GradientOperation {
  const { in: C, out: O, kernel: k } = layer
  const area = k * k
  const weights = C * area
  const forwardTaps = tapsOf(kernels, C, k, (c, u, v) => [
    c * x.layout.plane + u * x.layout.pitch + v,
    c * area + u * k + v,
  ])
  const backwardTaps = tapsOf(kernels, O, k, (o, u, v) => [
    o * y.gradientLayout.plane + u * y.gradientLayout.pitch + v,
    o * weights + (k - 1 - u) * k + (k - 1 - v),
  ])
  const kernelOf = (n: number) => (w.rows === 1 ? 0 : n * w.stride)
  return {
    forward(samples) {
      const { plane, pitch } = y.layout
      for (let n = 0; n < samples; n++) {
        const kernel = kernelOf(n)
        const at = n * O * plane
        for (let o = 0; o < O; o++) {
          const bias = w.value[kernel + O * weights + o] as number
          y.value.fill(bias, at + o * plane, at + (o + 1) * plane)
        }
        kernels.correlate({
          rows: O,
          taps: forwardTaps,
          length: wholeBlocks(y.size * pitch),
          y: { data: y.value, at, stride: plane },
          w: { data: w.value, at: kernel, stride: weights },
          x: { data: x.value, at: n * C * x.layout.plane },
        })
      }
    },
    backward(samples) {
      if (y.gradient === undefined) return
      const { plane, pitch, lead } = y.gradientLayout
      const length = wholeBlocks(y.size * pitch)
      for (let n = 0; n < samples; n++) {
        const kernel = kernelOf(n)
        const at = n * O * plane
        if (w.gradient) {
          for (let o = 0; o < O; o++) {
            const bias = kernel + O * weights + o
            w.gradient[bias] =
              (w.gradient[bias] as number) + sumOf(y.gradient, at + o * plane + lead, length)
          }
          kernels.correlateWeights({
            rows: O,
            taps: forwardTaps,
            length,
            y: { data: y.gradient, at: at + lead, stride: plane },
            w: { data: w.gradient, at: kernel, stride: weights },
            x: { data: x.value, at: n * C * x.layout.plane },
          })
        }
        if (x.gradient)
          kernels.correlate({
            rows: C,
            taps: backwardTaps,
            length: wholeBlocks(x.size * pitch),
            y: {
              data: x.gradient,
              at: n * C * x.gradientLayout.plane,
              stride: x.gradientLayout.plane,
            },
            w: { data: w.value, at: kernel, stride: area },
            x: { data: y.gradient, at },
          })
      }
    },
  }
}

function tapsOf(
  kernels: GradientKernels,
  channels: number,
  k: number,
  tap: (channel: number, u: number, v: number) => readonly [number, number],
): Taps {
  return kernels.taps(
    Array.from({ length: channels * k * k }, (_, t) =>
      tap(Math.floor(t / (k * k)), Math.floor(t / k) % k, t % k),
    ),
  )
}

function sumOf(values: ArrayLike<number>, at: number, length: number): number {
  let sum = 0
  for (let i = at; i < at + length; i++) sum += values[i] as number
  return sum
}
