// The thread that trains, from the side of the one that waits for it.
import { Worker } from 'node:worker_threads'
import type { TrainingThread } from '../cli/training-thread.ts'
import type { DataSource } from '../training/data/index.ts'
import type { TrainingRun } from '../training/optimisation/training-run.ts'

/** What the thread sends: how far it is, or what came out. */
export type TrainerMessage = { readonly share: number } | { readonly run: TrainingRun }

/** @param file the built trainer.ts */
export function workerThread(file: string, source: DataSource): TrainingThread {
  const worker = new Worker(file, { workerData: source })
  return {
    train(job, onProgress) {
      return new Promise((resolve, reject) => {
        const failed = (error: Error) => reject(error)
        const heard = (message: TrainerMessage) => {
          if ('share' in message) return onProgress(message.share)
          worker.off('message', heard)
          worker.off('error', failed)
          resolve(message.run)
        }
        worker.on('message', heard)
        worker.on('error', failed)
        worker.postMessage(job)
      })
    },
    stop: () => void worker.terminate(),
  }
}
