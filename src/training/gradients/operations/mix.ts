// w[n] = Σ k  pi[n, k] · W[k]: the kernel of each sample, biases with it, from K experts.
// Backward: dpi[n, k] = Σ dw[n] · W[k]   and   dW[k] = Σ n  pi[n, k] · dw[n].
import type { GradientKernels } from '../gradient-kernels.ts'
import type { GradientOperation } from '../gradient-operation.ts'
import type { Matrix } from '../variables.ts'

/**
 * @param pi a row a sample, or one for all; K columns
 * @param experts K rows
 * @param mixed as many rows as pi; the experts' columns and stride
 */
export function mixOperation(
  kernels: GradientKernels,
  pi: Matrix,
  experts: Matrix,
  mixed: Matrix,
): GradientOperation {
  const K = experts.rows
  const length = experts.stride
  const byExpert = kernels.taps(Array.from({ length: K }, (_, k) => [k * length, k]))
  const bySample = kernels.taps(Array.from({ length: pi.rows }, (_, n) => [n * length, n * K]))
  return {
    forward(samples) {
      const rows = Math.min(samples, mixed.rows)
      mixed.value.fill(0, 0, rows * length)
      kernels.correlate({
        rows,
        taps: byExpert,
        length,
        y: { data: mixed.value, at: 0, stride: length },
        w: { data: pi.value, at: 0, stride: K },
        x: { data: experts.value, at: 0 },
      })
    },
    backward(samples) {
      if (mixed.gradient === undefined) return
      const rows = Math.min(samples, mixed.rows)
      if (pi.gradient)
        kernels.correlateWeights({
          rows,
          taps: byExpert,
          length,
          y: { data: mixed.gradient, at: 0, stride: length },
          w: { data: pi.gradient, at: 0, stride: K },
          x: { data: experts.value, at: 0 },
        })
      if (experts.gradient)
        kernels.correlate({
          rows: K,
          taps: { ...bySample, count: rows },
          length,
          y: { data: experts.gradient, at: 0, stride: length },
          w: { data: pi.value, at: 0, stride: 1 },
          x: { data: mixed.gradient, at: 0 },
        })
    },
  }
}
