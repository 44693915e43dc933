// The worker pool that computes a long run.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { chosenEngine, useWorkerPool, workerPoolInUse } from '../tensor/engine/index.ts'
import { WorkerPool } from '../tensor/engine/threads/worker-pool.ts'

/**
 * Starts as many workers as the engine was told to use, if there are none yet.
 * @param file the built thread.ts
 */
export function startWorkerPool(file: string): void {
  if (workerPoolInUse()) return
  const { threads } = chosenEngine()
  const size = threads === 'auto' ? availableParallelism() : threads
  useWorkerPool(
    size > 1 ? new WorkerPool(size, (control) => startWorker(file, control)) : undefined,
  )
}

function startWorker(file: string, control: Int32Array) {
  const worker = new Worker(file, { workerData: control })
  worker.unref() // it serves for ever
  return (message: unknown) => worker.postMessage(message)
}
