// The threads that compute: this one, unless there is a pool of workers.
import { chosenEngine } from '../choice.ts'
import type { EngineInUse } from '../engine.ts'
import type { WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | undefined

export function engineInUse(): EngineInUse {
  const engine = chosenEngine()
  return { ...engine, threads: pool && engine.name === 'wasm' ? pool.size : 1 }
}

/** The workers that the engine computes with. */
export function workerPoolInUse(): WorkerPool | undefined {
  return pool
}

/** Lets these workers compute with this thread, or nobody. */
export function useWorkerPool(workers: WorkerPool | undefined): void {
  pool = workers
}
