// The edge: real streams, signals and exit codes.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../cli/io.ts'
import { chosenEngine } from '../tensor/engine/index.ts'
import { BriefOutput, isPlain } from './brief-output.ts'
import { runCli } from './program.ts'

declare const CONVLAB_VERSION: string

const exit = (): void => process.exit(130)
let interrupted = exit

/** Files that are to go if the program ends before its time. */
const unfinished = new Set<string>()

/** What a thread may know, too. */
const place = {
  env: process.env,
  locale: new Intl.PluralRules().resolvedOptions().locale, // of all in Intl the quickest to make
  version: CONVLAB_VERSION,
  pageFolder: __dirname,
  data: join(__dirname, 'data'),
}

const brief = isPlain(1) ? new BriefOutput(1, () => process.stdout) : undefined
const stdout = brief ?? process.stdout

const io: Io = {
  ...place,
  stdout,
  get stderr() {
    return process.stderr
  },
  get stdin() {
    return process.stdin
  },
  onInterrupt(handler) {
    interrupted = () => {
      interrupted = exit // the second one is meant for the program
      handler()
    }
    return () => {
      interrupted = exit
    }
  },
  bench: {
    runner: join(__dirname, 'contender.cjs'),
    homes: [process.cwd(), join(__dirname, '../test/bench/peers')],
  },
  trainer: async (source) => {
    const { workerThread } = await import('./trainer-thread.ts')
    return workerThread(join(__dirname, 'trainer.cjs'), source)
  },
  programs: async () => (await import('../cli/programs.ts')).programs,
  course: {
    folder: join(__dirname, '../lessons'),
    runCode: async (...code) => {
      const { sandbox } = await import('../cli/sandbox.ts')
      return sandbox(join(__dirname, 'exercise.cjs'))(...code)
    },
  },
  terminal: () => ({ keyboard: process.stdin, screen: process.stdout }),
  unfinished: (path) => unfinished.add(path),
  offload: async (work, listener) => {
    const { startOffload } = await import('./offload-thread.ts')
    const { env, ...rest } = place
    const given = { engine: chosenEngine(), place: { ...rest, env: { ...env } } }
    const host = {
      stdout: brief?.stream ?? process.stdout,
      stderr: process.stderr,
      exit,
      unfinished: (path: string) => unfinished.add(path),
    }
    return startOffload(join(__dirname, 'worker.cjs'), given, work, listener, host)
  },
}

process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true })
})
process.on('SIGINT', () => interrupted())
process.on('uncaughtException', bug) // of a stream, too
runCli(process.argv.slice(2), io).then((code) => {
  process.exitCode = code
}, bug)

/** A reader that has seen enough (| head -1) is no error; anything else the user must know. */
function outputFailed(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`convlab: cannot write the output: ${error.message}\n`)
  process.exit(2)
}

function bug(error: NodeJS.ErrnoException): never {
  if (error.syscall === 'write') outputFailed(error)
  process.stderr.write(`convlab: this is a bug, please report it\n${error.stack}\n`)
  process.exit(70)
}
