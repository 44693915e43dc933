// The threads that compute: this one, unless there is a team of them.
import { chosenEngine, type Engine } from '../choice.ts'
import type { Team } from './team.ts'

/** What computes, as --json says it. */
export interface EngineInUse extends Engine {
  /** that are there to compute together */
  readonly threads: number
}

let team: Team | undefined

export function engineInUse(): EngineInUse {
  const engine = chosenEngine()
  return { ...engine, threads: team && engine.name === 'wasm' ? team.size : 1 }
}

/** The threads that the engine computes with. */
export function teamInUse(): Team | undefined {
  return team
}

/** Lets these threads compute with this one, or nobody. */
export function useTeam(threads: Team | undefined): void {
  team = threads
}
