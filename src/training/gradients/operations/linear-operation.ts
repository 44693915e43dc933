// y[n, o] = b[o] + Σ c  w[o, c] · x[n, c], as in nn.Linear.
import type { GradientOperation } from '../gradient-operation.ts'
import type { Matrix } from '../variables.ts'

/**
 * @param w (out, in)
 * @param b (1, out)
 */
export function linearOperation(x: Matrix, w: Matrix, b: Matrix, y: Matrix): GradientOperation {
  const C = x.columns
  const O = y.columns
  return {
    forward(samples) {
      for (let n = 0; n < samples; n++)
        for (let o = 0; o < O; o++) {
          let sum = b.value[o] as number
          for (let c = 0; c < C; c++)
            sum += (w.value[o * C + c] as number) * (x.value[n * C + c] as number)
          y.value[n * O + o] = sum
        }
    },
    backward(samples) {
      const { gradient: dy } = y
      const { gradient: dw } = w
      const { gradient: db } = b
      if (dy === undefined) return
      for (let n = 0; n < samples; n++)
        for (let o = 0; o < O; o++) {
          const slope = dy[n * O + o] as number
          if (slope === 0) continue
          if (db) db[o] = (db[o] as number) + slope
          if (dw)
            for (let c = 0; c < C; c++)
              dw[o * C + c] = (dw[o * C + c] as number) + slope * (x.value[n * C + c] as number)
          if (x.gradient)
            for (let c = 0; c < C; c++)
              x.gradient[n * C + c] =
                (x.gradient[n * C + c] as number) + slope * (w.value[o * C + c] as number)
        }
    },
  }
}
