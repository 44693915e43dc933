// Other programs, as commands start them.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './settings.ts'

/** How a program is started, and what it reads. */
export interface Start {
  readonly command: readonly string[]
  readonly input?: string
}

/** How it ended: its exit code, and all that it wrote. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Programs {
  /** the Node that runs this program */
  readonly node: string
  /** Runs a program to its end, or to the end of this one. */
  run(start: Start, env: Environment): Promise<Ended>
  /**
   * Opens a page in the reader's browser, by the program that the system keeps for that.
   * @returns that program's name, and whether it found a browser
   */
  openPage(path: string, env: Environment): Promise<{ opener: string; opened: boolean }>
  /** A folder that stays, for what nobody has asked to be kept. */
  lastingFolder(): string
  /** A folder that is gone after `remove`, and when this program ends. */
  temporaryFolder(name: string): { readonly path: string; remove(): void }
}

export const programs: Programs = {
  node: process.execPath,
  run({ command: [program = '', ...args], input }, env) {
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (data) => {
        said[name] += data
      })
    child.stdin.on('error', () => {}) // it may have ended already; its exit code tells
    child.stdin.end(input)
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => {
        process.removeListener('exit', end)
        resolve({ code, ...said })
      })
    })
  },
  async openPage(path, env) {
    const [opener, ...args] = openers[process.platform] ?? usualOpener
    return { opener, opened: await succeeds(opener, [...args, path], env) }
  },
  lastingFolder: () => mkdtempSync(join(tmpdir(), 'convlab-')),
  temporaryFolder(name) {
    const path = mkdtempSync(join(tmpdir(), `convlab-${name}-`))
    const clear = () => rmSync(path, { recursive: true, force: true })
    process.once('exit', clear) // after Ctrl-C, too
    return {
      path,
      remove() {
        process.removeListener('exit', clear)
        clear()
      },
    }
  },
}

/** What opens a file with the program that the reader has chosen for its kind. */
const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
const usualOpener = ['xdg-open'] as const

/** An opener that has not failed by then has found a browser, in milliseconds. */
const PATIENCE = 3000

/** Whether the program starts and does not fail at once; it may outlive this one. */
function succeeds(command: string, args: readonly string[], env: Environment): Promise<boolean> {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env })
  child.unref()
  return new Promise((done) => {
    const timer = setTimeout(() => done(true), PATIENCE)
    const end = (opened: boolean) => {
      clearTimeout(timer)
      done(opened)
    }
    child.once('error', () => end(false))
    child.once('exit', (code) => end(code === 0))
  })
}
