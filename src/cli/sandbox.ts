// Runs a learner's code in a process of its own, which may touch no file and is stopped when it
// takes too long or too much. Against accidents: it is no security boundary.
import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { CodeRun, RunCode } from '../course/code-run.ts'

const MOST_TIME = 5000 // ms
const MOST_MEMORY = 512 * 2 ** 20 // bytes above what an idle process has
const MOST_OUTPUT = 32 * 2 ** 20 // characters
const WATCH = 20 // ms

/** @param runner the built exercise.ts */
export function sandbox(runner: string): RunCode {
  return (source, name, inputs) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...permissions(runner), runner], {
        env: {},
        stdio: ['pipe', 'pipe', 'pipe'],
      })
      let output = ''
      let errors = ''
      let stopped: 'timeout' | 'memory' | undefined
      const stop = (why: 'timeout' | 'memory') => {
        stopped ??= why
        child.kill('SIGKILL')
      }
      const timer = setTimeout(() => stop('timeout'), MOST_TIME)
      let watch: NodeJS.Timeout | undefined
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        output += piece
        if (output.length > MOST_OUTPUT) stop('memory')
      })
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        errors = (errors + piece).slice(-4000)
      })
      child.stdin.on('error', () => {}) // a child that was stopped reads no more
      child.stdout.once('data', async () => {
        // it has started, holds what an idle process does, and waits for its work
        watch = await watchMemory(child.pid, () => stop('memory'))
        child.stdin.end(JSON.stringify({ source, name, inputs }))
      })
      child.on('error', reject)
      child.on('close', (code) => {
        clearTimeout(timer)
        clearInterval(watch)
        if (stopped) resolve({ status: stopped })
        else if (code === 0) resolve(JSON.parse(output) as CodeRun)
        else if (/heap out of memory|allocation failed/i.test(errors)) resolve({ status: 'memory' })
        else reject(new Error(`the exercise's process ended with ${code}: ${errors}`))
      })
    })
}

/** Reading itself is all that the process may do with files. */
export function permissions(runner: string): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const stable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)
  return [
    stable ? '--permission' : '--experimental-permission',
    `--allow-fs-read=${runner}`,
    '--max-old-space-size=256',
    '--no-warnings',
  ]
}

/** Calls `tooMuch` when the process holds too much more than now. */
async function watchMemory(pid: number | undefined, tooMuch: () => void): Promise<NodeJS.Timeout> {
  const idle = (await memoryOf(pid)) ?? 0
  return setInterval(async () => {
    const held = await memoryOf(pid)
    if (held !== undefined && held - idle > MOST_MEMORY) tooMuch()
  }, WATCH).unref() // the child keeps this process waiting, not its watch
}

/**
 * Bytes that a process holds: under Linux all that it asked for, under other Unixes what it has
 * touched. Windows does not say; there the limits of heap and time remain.
 */
async function memoryOf(pid: number | undefined): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined
  try {
    if (process.platform !== 'linux') {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
      return Number(stdout) * 1024
    }
    const pages = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')
    return Number(pages[5]) * 4096
  } catch {
    return undefined // it has just ended
  }
}
