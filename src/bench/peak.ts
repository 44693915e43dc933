// How fast this processor multiplies and adds in WebAssembly, if it does nothing else.
import { peakLoop } from '../tensor/engine/peak.ts'

/**
 * GFLOP/s of one core, the best of many short runs.
 * @param fused count a fused multiply-add instead of a multiplication and an addition
 * @param clock milliseconds from any start
 */
export function measurePeak(fused: boolean, clock: () => number): number {
  const { operations, run } = peakLoop(fused)
  let best = 0
  for (let n = 0; n < 200; n++) {
    const start = clock()
    run()
    best = Math.max(best, operations / (clock() - start) / 1e6)
  }
  return best
}
