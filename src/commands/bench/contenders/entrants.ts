// Who takes part: convlab, and whom was asked for or is installed.
import type { Text } from '../../../base/text.ts'
import { timedParts } from '../part.ts'
import type { Surroundings } from './contender.ts'
import { contenderNames, contenders } from './contenders.ts'
import { noContender, notInstalled } from './errors.ts'
import type { Racer } from './race.ts'

/**
 * @param against names separated by commas; all that are installed where nothing is asked
 * @returns for each part of a layer convlab first, then the others; and who is not here
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 */
export async function entrants(
  against: string | undefined,
  surroundings: Surroundings,
): Promise<{ racers: Racer[]; missing: { name: string; install: Text }[] }> {
  const asked = against?.split(',').map((name) => name.trim())
  const unknown = asked?.find((name) => !contenderNames.includes(name))
  if (unknown !== undefined) throw noContender(unknown, contenderNames)
  const racers: Racer[] = []
  const missing: { name: string; install: Text }[] = []
  for (const [at, { name, install, parts: timed, find }] of contenders.entries()) {
    if (at > 0 && asked && !asked.includes(name)) continue
    const start = await find(surroundings)
    if (start) for (const part of timed) racers.push({ name, part, start })
    else if (asked) throw notInstalled(name, install)
    else missing.push({ name, install })
  }
  racers.sort((a, b) => timedParts.indexOf(a.part) - timedParts.indexOf(b.part))
  return { racers, missing }
}
