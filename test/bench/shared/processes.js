// Whole processes, from the command to its end.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { medianOf } from './statistics.js'

/** What a process printed. */
export function output([program, ...args]) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (result.status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${result.stderr ?? result.error}`)
  return result
}

/** Milliseconds from start to end. */
export function timed(command) {
  const start = performance.now()
  output(command)
  return performance.now() - start
}

/**
 * Times commands in turn, so that a busy machine is busy for all of them; the first round, which
 * only warms the system's caches, does not count.
 * @returns for each command the milliseconds of each round
 */
export function timedInTurn(commands, rounds) {
  const times = commands.map(() => [])
  for (let round = 0; round <= rounds; round++)
    for (const [at, command] of commands.entries()) {
      const time = timed(command)
      if (round > 0) times[at].push(time)
    }
  return times
}

/** @param modules names, as they stand behind `import` */
export function canImport(python, modules) {
  return spawnSync(python, ['-c', `import ${modules}`]).status === 0
}

export function sayCannotImport(python, modules) {
  console.log(`${python} cannot import ${modules}: --python PATH names an interpreter that can`)
}

/** Only Linux tells how much memory a process has taken at most. */
export const tellsMemory = existsSync('/proc/self/status')

/** A Node process that says what memory it took; `peakMemory` listens. */
export function watchedNode(args, path = process.execPath) {
  return [path, '--require', join(import.meta.dirname, 'peak-memory.cjs'), ...args]
}

/** MiB of such a process, the median of a few; undefined where the system does not tell. */
export function peakMemory(command, runs = 5) {
  if (!tellsMemory) return undefined
  const peak = () => Number(/VmHWM:\s*(\d+) kB/.exec(output(command).stderr)[1]) / 1024
  return medianOf(Array.from({ length: runs }, peak))
}
