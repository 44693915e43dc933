// ReLU and max pooling in one: ReLU only raises the smallest possible maximum to 0.
// Backward, the first of several largest pixels in row-major order gets the gradient, if it is
// above 0. A window of one pixel is ReLU alone, a window of the whole map the global maximum.
import type { Operation } from '../operation.ts'
import type { Maps } from '../variables.ts'

/** @param y maps whose size is that of x over the window's */
export function reluMaxPool(samples: number, x: Maps, y: Maps, window: number): Operation {
  const { channels, size } = y
  /** for every value of y, where in x's gradient its maximum stands; -1 for none */
  const chosen = new Int32Array(samples * channels * size * size)
  return {
    forward(samples) {
      const [from, gradients, to] = [x.layout, x.gradientLayout, y.layout]
      let value = 0
      for (let channel = 0; channel < samples * channels; channel++)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            let best = 0
            let at = -1
            for (let u = i * window; u < (i + 1) * window; u++) {
              const row = channel * from.plane + from.lead + u * from.pitch
              for (let v = j * window; v < (j + 1) * window; v++) {
                const pixel = x.value[row + v] as number
                if (pixel > best) {
                  best = pixel
                  at = u * gradients.pitch + v
                }
              }
            }
            y.value[channel * to.plane + to.lead + i * to.pitch + j] = best
            chosen[value++] = at < 0 ? at : channel * gradients.plane + gradients.lead + at
          }
    },
    backward(samples) {
      if (!x.gradient || !y.gradient) return
      const { plane, lead, pitch } = y.gradientLayout
      let value = 0
      for (let channel = 0; channel < samples * channels; channel++)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            const at = chosen[value++] as number
            if (at >= 0)
              x.gradient[at] =
                (x.gradient[at] as number) +
                (y.gradient[channel * plane + lead + i * pitch + j] as number)
          }
    },
  }
}
