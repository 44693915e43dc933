// The threads that compute a long run together.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { chosenEngine, teamInUse, useTeam } from '../tensor/engine/index.ts'
import { Team } from '../tensor/engine/threads/team.ts'

/**
 * Starts as many threads as the engine was told to use, if there are none yet.
 * @param file the built thread.ts
 */
export function startTeam(file: string): void {
  if (teamInUse()) return
  const { threads } = chosenEngine()
  const size = threads === 'auto' ? availableParallelism() : threads
  useTeam(size > 1 ? new Team(size, (words) => startThread(file, words)) : undefined)
}

function startThread(file: string, words: Int32Array) {
  const worker = new Worker(file, { workerData: words })
  worker.unref() // it serves for ever
  return (message: unknown) => worker.postMessage(message)
}
