// Which engine computes: the fastest that the machine has, unless somebody chooses. In one thread, unless
// there is a team of them.
import { canFuse } from './instance.ts'
import type { Team } from './threads/team.ts'

export const engineNames = ['wasm', 'reference'] as const

export interface Engine {
  readonly name: (typeof engineNames)[number]
  /** sums with fused multiply-adds, which round once: other last bits */
  readonly fma: boolean
}

/** What computes, as --json says it. */
export interface EngineInUse extends Engine {
  /** that compute together where a convolution is large enough; they change no bit */
  readonly threads: number
}

let chosen: Engine | undefined
let team: Team | undefined

/** The engine in use: the fastest that this machine has, if nobody has chosen. */
export function engineInUse(): EngineInUse {
  chosen ??= { name: 'wasm', fma: canFuse() }
  return { ...chosen, threads: team && chosen.name === 'wasm' ? team.size : 1 }
}

/** Chooses the engine for everything that follows. */
export function useEngine({ name, fma }: Engine): void {
  chosen = { name, fma }
}

/** The threads that the engine computes with. */
export function teamInUse(): Team | undefined {
  return team
}

/** Lets these threads compute with this one, or nobody. */
export function useTeam(threads: Team | undefined): void {
  team = threads
}
