// Whole channels: their means, which attention looks at, and their scaling by a gate.
import type { GradientOperation } from '../gradient-operation.ts'
import type { Maps, Matrix } from '../variables.ts'

/** g[n, c] = the mean of channel c. Backward, every pixel gets dg / (H · W). */
export function channelMeans(x: Maps, g: Matrix): GradientOperation {
  const { channels, size } = x
  const pixels = size * size
  return {
    forward(samples) {
      const { lead, pitch, plane } = x.layout
      for (let channel = 0; channel < samples * channels; channel++) {
        let sum = 0
        for (let i = 0; i < size; i++) {
          const row = channel * plane + lead + i * pitch
          for (let j = 0; j < size; j++) sum += x.value[row + j] as number
        }
        g.value[channel] = sum / pixels
      }
    },
    backward(samples) {
      if (!x.gradient || !g.gradient) return
      const { lead, pitch, plane } = x.gradientLayout
      for (let channel = 0; channel < samples * channels; channel++) {
        const share = (g.gradient[channel] as number) / pixels
        if (share === 0) continue
        for (let i = 0; i < size; i++) {
          const row = channel * plane + lead + i * pitch
          for (let j = 0; j < size; j++)
            x.gradient[row + j] = (x.gradient[row + j] as number) + share
        }
      }
    },
  }
}

/** y[n, c] = s[n, c] · x[n, c]: every pixel of a channel by the same number. */
export function gate(x: Maps, s: Matrix, y: Maps): GradientOperation {
  const { channels, size } = x
  const each = (samples: number, visit: (channel: number, from: number, to: number) => void) => {
    for (let channel = 0; channel < samples * channels; channel++)
      for (let i = 0; i < size; i++) visit(channel, i, i)
  }
  return {
    forward(samples) {
      const [from, to] = [x.layout, y.layout]
      each(samples, (channel, i) => {
        const scale = s.value[channel] as number
        const a = channel * from.plane + from.lead + i * from.pitch
        const b = channel * to.plane + to.lead + i * to.pitch
        for (let j = 0; j < size; j++) y.value[b + j] = scale * (x.value[a + j] as number)
      })
    },
    backward(samples) {
      const { gradient: dx } = x
      const { gradient: ds } = s
      const { gradient: dy } = y
      if (!dx || !ds || !dy) return
      each(samples, (channel, i) => {
        const scale = s.value[channel] as number
        const a = channel * x.layout.plane + x.layout.lead + i * x.layout.pitch
        const da =
          channel * x.gradientLayout.plane + x.gradientLayout.lead + i * x.gradientLayout.pitch
        const db =
          channel * y.gradientLayout.plane + y.gradientLayout.lead + i * y.gradientLayout.pitch
        let sum = 0
        for (let j = 0; j < size; j++) {
          const slope = dy[db + j] as number
          sum += slope * (x.value[a + j] as number)
          dx[da + j] = (dx[da + j] as number) + scale * slope
        }
        ds[channel] = (ds[channel] as number) + sum
      })
    },
  }
}
