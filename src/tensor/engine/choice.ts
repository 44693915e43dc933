// Which engine computes: the fastest that the machine has, unless somebody chooses.
import { canFuse } from './instance.ts'

export const engineNames = ['wasm', 'reference'] as const

export interface Engine {
  readonly name: (typeof engineNames)[number]
  /** sums with fused multiply-adds, which round once: other last bits */
  readonly fma: boolean
  /** for long work: so many, or as many as there are cores; they change no bit */
  readonly threads: number | 'auto'
}

let chosen: Engine | undefined

/** What was chosen: the fastest that this machine has, if nobody has chosen. */
export function chosenEngine(): Engine {
  chosen ??= { name: 'wasm', fma: canFuse(), threads: 'auto' }
  return chosen
}

/** Chooses the engine for everything that follows. */
export function useEngine(engine: Engine): void {
  chosen = engine
}
