// What the processor could do at most: a loop that multiplies and adds in registers, and nothing else.
import { Instance } from './instance.ts'
import { PEAK_SUMS } from './wasm/tiles.ts'

/** Steps of the loop in one run, which takes a fraction of a millisecond. */
const STEPS = 4096
/** float32 values in a vector */
const LANES = 4

/**
 * @param fused with fused multiply-adds
 * @returns the loop, and the floating-point operations of one run of it
 */
export function peakLoop(fused: boolean): { readonly operations: number; run(): void } {
  const instance = new Instance(fused)
  const values = instance.reserve(4 * PEAK_SUMS)
  const loop = instance.kernel('peak', fused ? 'peakFused' : 'peak')
  return { operations: STEPS * PEAK_SUMS * LANES * 2, run: () => loop(values, STEPS) }
}
