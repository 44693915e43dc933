// Timing in turn: whatever slows the machine down for a while slows all of them down.
import { medianOf } from '../trace/stats.ts'

export interface Timing {
  /** in the clock's unit */
  readonly median: number
  readonly runs: number
}

/** When to stop: rounds in all. */
export interface Budget {
  /** time to spend in all, in the clock's unit */
  readonly time: number
  readonly fewest: number
  readonly most: number
}

/**
 * How long each takes, warmed up by one run: the median of rounds in which all run one after the other.
 * @param clock tells the time in any unit; only differences count
 */
export async function timeInTurn(
  runs: readonly (() => void)[],
  clock: () => number,
  { time, fewest, most }: Budget,
): Promise<readonly Timing[]> {
  for (const run of runs) run()
  const taken: number[][] = runs.map(() => [])
  const start = clock()
  for (let round = 0; round < most; round++) {
    if (round >= fewest && clock() - start >= time) break
    for (const [at, run] of runs.entries()) {
      const before = clock()
      run()
      taken[at]?.push(clock() - before)
      await new Promise(setImmediate) // signals are heard in between
    }
  }
  return taken.map((times) => ({ median: medianOf(times), runs: times.length }))
}
