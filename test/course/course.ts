// What the tests of lessons share: the program run in-process, with the course of this repository.
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { Io } from '../../src/cli/io.ts'
import { sandbox } from '../../src/cli/sandbox.ts'
import { runCli } from '../../src/program/program.ts'
import { temporaryFolder } from '../folder.ts'

export const folder = temporaryFolder()
export const lessonsFolder = join(import.meta.dirname, '../../lessons')

/** Bundles a program of the tests, as build/build.js does those of convlab. */
export function built(entry: string): string {
  const outfile = join(folder, entry.replace(/.*\//, '').replace('.ts', '.cjs'))
  const entryPoints = [join(import.meta.dirname, entry)]
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs' })
  return outfile
}

export const runner = join(import.meta.dirname, '../../dist/exercise.cjs')

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program without a terminal. */
export function convlab(...args: string[]): Promise<Ran> {
  return convlabIn({}, ...args)
}

/** Runs it in surroundings of the test's own. */
export async function convlabIn(surroundings: Partial<Io>, ...args: string[]): Promise<Ran> {
  const written = { out: '', err: '' }
  const output = (name: 'out' | 'err') => ({
    write(text: string) {
      written[name] += text
      return true
    },
  })
  const io: Io = {
    stdout: output('out'),
    stderr: output('err'),
    env: { XDG_STATE_HOME: folder },
    locale: 'en',
    version: '0.0.0',
    course: { folder: lessonsFolder, runCode: sandbox(runner) },
    ...surroundings,
  }
  const code = await runCli(args, io)
  return { code, ...written }
}

let states = 0

/** A path for a state of its own. */
export function freshState(): string {
  states += 1
  return join(folder, `state-${states}.json`)
}
