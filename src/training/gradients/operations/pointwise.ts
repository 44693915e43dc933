// Functions of scores: ReLU, softmax with a temperature, sigmoid.
import type { GradientOperation } from '../gradient-operation.ts'
import type { Matrix } from '../variables.ts'

/** y = max(0, x); the gradient passes where y > 0. */
export function reluOperation(x: Matrix, y: Matrix): GradientOperation {
  return {
    forward(samples) {
      for (let i = 0; i < samples * x.columns; i++) y.value[i] = Math.max(0, x.value[i] as number)
    },
    backward(samples) {
      if (!x.gradient || !y.gradient) return
      for (let i = 0; i < samples * x.columns; i++)
        if ((y.value[i] as number) > 0)
          x.gradient[i] = (x.gradient[i] as number) + (y.gradient[i] as number)
    },
  }
}

/**
 * y[n] = softmax(x[n] / T). Backward: dx[k] = y[k] · (dy[k] - Σ j  y[j] dy[j]) / T.
 * @param temperature asked for at every pass, since it may fall as training goes on
 */
export function softmaxOperation(
  x: Matrix,
  y: Matrix,
  temperature: () => number,
): GradientOperation {
  const K = x.columns
  const powers = new Float64Array(K)
  return {
    forward(samples) {
      const T = temperature()
      for (let at = 0; at < samples * K; at += K) {
        let largest = Number.NEGATIVE_INFINITY
        for (let k = 0; k < K; k++) largest = Math.max(largest, x.value[at + k] as number)
        let sum = 0
        for (let k = 0; k < K; k++) {
          powers[k] = Math.exp(((x.value[at + k] as number) - largest) / T)
          sum += powers[k] as number
        }
        for (let k = 0; k < K; k++) y.value[at + k] = (powers[k] as number) / sum
      }
    },
    backward(samples) {
      if (!x.gradient || !y.gradient) return
      const T = temperature()
      for (let at = 0; at < samples * K; at += K) {
        let mean = 0
        for (let k = 0; k < K; k++)
          mean += (y.value[at + k] as number) * (y.gradient[at + k] as number)
        for (let k = 0; k < K; k++)
          x.gradient[at + k] =
            (x.gradient[at + k] as number) +
            ((y.value[at + k] as number) * ((y.gradient[at + k] as number) - mean)) / T
      }
    },
  }
}

/** y = scale / (1 + exp(-x)). Backward: dx = y · (1 - y / scale) · dy. */
export function sigmoidOperation(x: Matrix, y: Matrix, scale: number): GradientOperation {
  return {
    forward(samples) {
      for (let i = 0; i < samples * x.columns; i++)
        y.value[i] = scale / (1 + Math.exp(-(x.value[i] as number)))
    },
    backward(samples) {
      if (!x.gradient || !y.gradient) return
      for (let i = 0; i < samples * x.columns; i++) {
        const value = y.value[i] as number
        x.gradient[i] =
          (x.gradient[i] as number) + value * (1 - value / scale) * (y.gradient[i] as number)
      }
    },
  }
}
