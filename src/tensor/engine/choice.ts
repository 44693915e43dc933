// Which engine computes: the fastest that the machine has, unless somebody chooses.
import { canFuse } from './instance.ts'

export const engineNames = ['wasm', 'reference'] as const

/** What computes, as --json says it. */
export interface Engine {
  readonly name: (typeof engineNames)[number]
  /** sums with fused multiply-adds, which round once: other last bits */
  readonly fma: boolean
}

let chosen: Engine | undefined

/** The engine in use: the fastest that this machine has, if nobody has chosen. */
export function engineInUse(): Engine {
  chosen ??= { name: 'wasm', fma: canFuse() }
  return chosen
}

/** Chooses the engine for everything that follows. */
export function useEngine(engine: Engine): void {
  chosen = engine
}
