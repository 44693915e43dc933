// How fast this processor multiplies and adds in WebAssembly, if it does nothing else.
import { peakLoop } from '../../tensor/engine/peak-loop.ts'
import { measure } from './measure.ts'

/** As contenders are sampled, only shorter: a processor is faster for a moment than for long. */
const sampling = { warmUp: 50, sample: 2, time: 150, fewest: 5, most: 51 }

/**
 * GFLOP/s of one core.
 * @param fused count a fused multiply-add instead of a multiplication and an addition
 * @param clock milliseconds from any start
 */
export async function measurePeak(fused: boolean, clock: () => number): Promise<number> {
  const { operations, run } = peakLoop(fused)
  return operations / (await measure(run, clock, sampling)) / 1e6
}
