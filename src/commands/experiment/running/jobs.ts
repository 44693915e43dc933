// Training spread over threads. A run depends on nothing but its experiment, model and seed, so
// how many threads there are, and which run ends first, changes nothing.
import type { TrainingJob, TrainingThread } from '../../../cli/training-thread.ts'
import type { TrainingRun } from '../../../training/optimisation/training-run.ts'

export interface Watch {
  /** the job's share that is done */
  progress(job: TrainingJob, share: number): void
  finished(job: TrainingJob, run: TrainingRun): void
}

export interface Training {
  /** Resolves when all jobs are done, or after `stop`. */
  readonly done: Promise<void>
  stop(): void
}

/** Trains all jobs, in their order, each in the thread that is free first. */
export function trainAll(
  jobs: readonly TrainingJob[],
  threads: readonly TrainingThread[],
  watch: Watch,
): Training {
  const waiting = [...jobs]
  let stopped = false
  let stop = () => {}
  const end = new Promise<void>((resolve) => {
    stop = () => {
      stopped = true
      for (const thread of threads) thread.stop()
      resolve()
    }
  })
  const work = async (thread: TrainingThread) => {
    for (let job = waiting.shift(); job !== undefined && !stopped; job = waiting.shift()) {
      const current = job
      const run = await thread.train(current, (share) => watch.progress(current, share))
      if (!stopped) watch.finished(current, run)
    }
  }
  const all = Promise.all(threads.map(work)).finally(() => {
    for (const thread of threads) thread.stop()
  })
  return { done: Promise.race([all.then(() => {}), end]), stop: () => stop() }
}
