// What changes from step to step: the learning rate, and the attention's temperature.
import type { Temperature } from '../models.ts'

/** Falls linearly; at the last step it is still above 0. */
export function learningRateAt(step: number, steps: number, start: number): number {
  return start * (1 - step / steps)
}

const HOTTEST = 30

/** 30 at the start, 1 from a third of the steps on; or the same throughout. */
export function temperatureAt(step: number, steps: number, temperature: Temperature): number {
  if (temperature !== 'anneal') return temperature
  return Math.max(1, HOTTEST - ((HOTTEST - 1) * step) / (steps / 3))
}
