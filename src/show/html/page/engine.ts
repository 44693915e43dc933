// The engine that computes here: the one that computed the run, as far as this browser has it.
import { canFuse, type Engine, useEngine } from '../../../tensor/engine/index.ts'

/** What `run` makes, on that engine; by definition where the browser has no such WebAssembly. */
export function onEngineLike<T>(engine: Engine, run: () => T): T {
  try {
    useEngine({ ...engine, fma: engine.fma && canFuse() })
    return run()
  } catch {
    useEngine({ name: 'reference', fma: false, threads: 1 })
    return run()
  }
}
