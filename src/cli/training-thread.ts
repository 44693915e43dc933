// A thread that trains: what the experiment asks of it, and what the program provides.
import type { DataSource } from '../training/data/index.ts'
import type { TrainingRun } from '../training/optimisation/training-run.ts'

export interface TrainingJob {
  /** names, which every thread looks up for itself */
  readonly experiment: string
  readonly model: string
  readonly seed: number
}

/** A place where one model after another is trained. */
export interface TrainingThread {
  /** @param onProgress told the share that is done, from time to time */
  train(job: TrainingJob, onProgress: (share: number) => void): Promise<TrainingRun>
  /** Ends it, whatever it is doing. */
  stop(): void
}

/** Starts a thread that has these digits. */
export type StartThread = (source: DataSource) => Promise<TrainingThread>
