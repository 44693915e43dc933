// When two results count as the same, and when checking costs too much.
import type { Trace } from '../trace.ts'

/** Multiply-adds above which a claim that runs the layer again is left unchecked. */
const AFFORDABLE = 5e7

/** How far results of the same maths in another order may lie apart. */
export function close(difference: number, values: Float32Array): boolean {
  return difference <= 1e-6 + 1e-5 * largest(values)
}

export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

export function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0)
}

export function affordable({ cost, input }: Trace, times = 1): boolean {
  return cost.multiplyAdds * (input.shape[0] as number) * times <= AFFORDABLE
}
