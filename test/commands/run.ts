// The program run inside a test: what it prints and how it ends.
import type { Io } from '../../src/cli/io.ts'
import { programs } from '../../src/cli/programs.ts'
import { runCli } from '../../src/program/program.ts'

/** The vendored data sets, where the sources have them. */
const data = new URL('../../src/training/data/vendored', import.meta.url).pathname

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `convlab ...args` in a pipe of an English machine; `args` may be one line to split. */
export async function convlab(
  args: string | readonly string[],
  surroundings: Partial<Pick<Io, 'env' | 'locale' | 'clock'>> & {
    isTTY?: boolean
    columns?: number
  } = {},
): Promise<Outcome> {
  const { env = {}, locale = 'en-US', clock, ...terminal } = surroundings
  const written = { stdout: '', stderr: '' }
  const output = (name: keyof typeof written) => ({
    ...terminal,
    write(text: string) {
      written[name] += text
      return true
    },
  })
  const code = await runCli(typeof args === 'string' ? args.split(' ').filter(Boolean) : args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    locale,
    version: '0.0.0',
    pageFolder: new URL('../../dist', import.meta.url).pathname,
    data,
    programs: async () => programs,
    ...(clock && { clock }),
  })
  return { code, ...written }
}

/** What several tests look at: made when the first of them asks. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
