// The threads that compute: this one, unless there is a team of them.
import { chosenEngine } from '../choice.ts'
import type { EngineInUse } from '../engine.ts'
import type { Team } from './team.ts'

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
