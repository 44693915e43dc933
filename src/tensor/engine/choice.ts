// Which engine computes: the fastest that the machine has, unless somebody chooses.
import type { Engine } from './engine.ts'
import { canCompute, canFuse } from './instance.ts'

let chosen: Engine | undefined

/** What was chosen: the fastest that this machine has, if nobody has chosen. */
export function chosenEngine(): Engine {
  chosen ??= asFarAsPossible({ name: 'wasm', fma: true, threads: 'auto' })
  return chosen
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
