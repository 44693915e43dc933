// Where bytecode is kept on the user's machine.
import { join } from 'node:path'

/**
 * The folder that Node's own variables name, else the system's folder for what can be made again.
 * @returns undefined if there is to be none
 */
export function cacheFolder(): string | undefined {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE } = process.env
  if (NODE_DISABLE_COMPILE_CACHE) return undefined
  if (NODE_COMPILE_CACHE) return join(NODE_COMPILE_CACHE, 'convlab')
  try {
    // only now: it asks for the user's home as it is loaded, and there may be none
    const { default: paths } = require('env-paths') as typeof import('env-paths')
    return paths('convlab', { suffix: '' }).cache
  } catch {
    return undefined
  }
}
