// Which engine computes: the fastest that the machine has, unless somebody chooses. In one thread, unless
// there is a pool of workers.
import type { Engine, EngineInUse } from './engine.ts'
import { canCompute, canFuse } from './instance.ts'
import type { WorkerPool } from './threads/worker-pool.ts'

let chosen: Engine | undefined
let pool: WorkerPool | undefined

/** What was chosen: the fastest that this machine has, if nobody has chosen. */
export function chosenEngine(): Engine {
  chosen ??= asFarAsPossible({ name: 'wasm', fma: true, threads: 'auto' })
  return chosen
}

export function engineInUse(): EngineInUse {
  const engine = chosenEngine()
  return { ...engine, threads: pool && engine.name === 'wasm' ? pool.size : 1 }
}

/** That engine, or where this machine cannot have it, what comes nearest: by definition, at worst. */
export function asFarAsPossible(engine: Engine): Engine {
  if (engine.name === 'wasm' && !canCompute()) return { ...engine, name: 'reference', fma: false }
  return { ...engine, fma: engine.fma && canFuse() }
}

/** Chooses the engine for everything that follows. */
export function useEngine(engine: Engine): void {
  chosen = engine
}

/** The workers that the engine computes with. */
export function workerPoolInUse(): WorkerPool | undefined {
  return pool
}

/** Lets these workers compute with this thread, or nobody. */
export function useWorkerPool(workers: WorkerPool | undefined): void {
  pool = workers
}
