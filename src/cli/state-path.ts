// Where what programs remember is kept.
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './settings.ts'

/** The platform's folder for what programs remember. */
export function statePath(env: Environment, platform: string = process.platform): string {
  const home = env.HOME || homedir()
  const folder =
    env.XDG_STATE_HOME ||
    {
      darwin: join(home, 'Library', 'Application Support'),
      win32: env.LOCALAPPDATA || join(home, 'AppData', 'Local'),
    }[platform] ||
    join(home, '.local', 'state')
  return join(folder, 'convlab', 'progress.json')
}
