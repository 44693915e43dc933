// ReLU and max pooling in one: ReLU only raises the smallest possible maximum to 0.
// Backward, the first of several largest pixels in row-major order gets the gradient, if it is
// above 0. A window of one pixel is ReLU alone, a window of the whole map the global maximum.
import { type GradientKernels, wholeBlocks } from '../gradient-kernels.ts'
import type { GradientOperation } from '../gradient-operation.ts'
import type { MapLayout, Maps } from '../variables.ts'

/** @param y maps whose size is that of x over the window's */
export function reluMaxPool(
  kernels: GradientKernels,
  x: Maps,
  y: Maps,
  window: number,
): GradientOperation {
  const { channels, size } = y
  const taps = kernels.taps(distances(x.layout, window).map((distance) => [distance, 0]))
  const slopes = distances(x.gradientLayout, window)
  const length = wholeBlocks(channels * x.layout.plane)
  /** of the windows that begin at each pixel of a sample, most of which are not asked for */
  const highest = kernels.floats(length)
  const which = kernels.integers(length)
  /** the pixel that was chosen, for every value of y in turn */
  const chosen = new Uint8Array((y.value.length / y.layout.plane) * size * size)
  const place = ({ lead, pitch, plane }: MapLayout, channel: number, i: number) =>
    channel * plane + lead + i * pitch
  return {
    forward(samples) {
      let value = 0
      for (let n = 0; n < samples; n++) {
        const at = n * channels * x.layout.plane
        kernels.maximum({ taps, length, highest, which, x: { data: x.value, at } })
        for (let c = 0; c < channels; c++)
          for (let i = 0; i < size; i++) {
            const from = place(x.layout, c, i * window)
            const to = place(y.layout, n * channels + c, i)
            for (let j = 0; j < size; j++) {
              y.value[to + j] = highest[from + j * window] as number
              chosen[value++] = which[from + j * window] as number
            }
          }
      }
    },
    backward(samples) {
      const { gradient: dx } = x
      const { gradient: dy } = y
      if (!dx || !dy) return
      let value = 0
      for (let channel = 0; channel < samples * channels; channel++)
        for (let i = 0; i < size; i++) {
          const from = place(y.layout, channel, i)
          const slope = place(y.gradientLayout, channel, i)
          const to = place(x.gradientLayout, channel, i * window)
          for (let j = 0; j < size; j++) {
            const at = to + j * window + (slopes[chosen[value++] as number] as number)
            if ((y.value[from + j] as number) > 0)
              dx[at] = (dx[at] as number) + (dy[slope + j] as number)
          }
        }
    },
  }
}

/** How far the pixels of a window are from its first one, row by row. */
function distances({ pitch }: MapLayout, window: number): number[] {
  return Array.from(
    { length: window * window },
    (_, at) => Math.floor(at / window) * pitch + (at % window),
  )
}
