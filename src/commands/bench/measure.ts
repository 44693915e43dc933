// How long a thing takes that may be over before a clock has ticked.
import { medianOf } from '../../trace/stats.ts'

export interface Sampling {
  /** ms to run before anything counts */
  readonly warmUp: number
  /** ms that one sample should take at least */
  readonly sample: number
  /** ms for all samples */
  readonly time: number
  readonly fewest: number
  readonly most: number
}

/** How everybody is sampled. */
export const sampling: Sampling = { warmUp: 150, sample: 2, time: 400, fewest: 5, most: 51 }

/**
 * The median time of a run.
 * @param clock milliseconds from any start
 * @returns milliseconds
 */
export async function measure(
  run: () => unknown,
  clock: () => number,
  { warmUp, sample, time, fewest, most }: Sampling = sampling,
): Promise<number> {
  let runs = 0
  const start = clock()
  do {
    await run()
    runs++
  } while (clock() - start < warmUp)
  const atOnce = Math.max(1, Math.ceil((sample * runs) / (clock() - start)))
  const samples: number[] = []
  const begin = clock()
  while (samples.length < fewest || (samples.length < most && clock() - begin < time)) {
    const before = clock()
    for (let n = 0; n < atOnce; n++) {
      const pending = run()
      if (pending instanceof Promise) await pending
    }
    samples.push((clock() - before) / atOnce)
  }
  return medianOf(samples)
}

export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** @param values one at least */
export function timeSpreadOf(values: readonly number[]): Spread {
  return { median: medianOf(values), least: Math.min(...values), most: Math.max(...values) }
}
