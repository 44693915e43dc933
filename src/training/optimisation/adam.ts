// Adam (Kingma and Ba, 2015), as torch.optim.Adam computes it with its usual settings.
import type { Floats, GradientKernels } from '../gradients/gradient-kernels.ts'

const DECAY = { first: 0.9, second: 0.999 } as const
const EPSILON = 1e-8

export interface Adam {
  /** Moves the parameters against their gradients, and zeroes those. */
  step(learningRate: number): void
}

/** @param value parameters, and their gradients: arrays of the same length */
export function adam(
  kernels: GradientKernels,
  { value, gradient }: { readonly value: Floats; readonly gradient: Floats },
): Adam {
  const first = kernels.floats(value.length)
  const second = kernels.floats(value.length)
  let steps = 0
  return {
    step(learningRate) {
      steps++
      const rate = learningRate / (1 - DECAY.first ** steps)
      const correction = 1 - DECAY.second ** steps
      for (let i = 0; i < value.length; i++) {
        const g = gradient[i] as number
        const m = DECAY.first * (first[i] as number) + (1 - DECAY.first) * g
        const v = DECAY.second * (second[i] as number) + (1 - DECAY.second) * g * g
        first[i] = m
        second[i] = v
        value[i] = (value[i] as number) - (rate * m) / (Math.sqrt(v / correction) + EPSILON)
      }
      gradient.fill(0)
    },
  }
}
