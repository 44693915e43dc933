// All contenders in turn, each time in a fresh process, so that whatever slows the machine down for a
// while slows all of them down.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../../../tensor/engine/index.ts'
import type { TimedPart } from '../part.ts'
import { type BenchRow, entriesOf, type MeasuredContender } from '../report.ts'
import type { ContenderReply, Request, Start } from './contender.ts'

export interface Racer {
  readonly name: string
  readonly part: TimedPart
  start(request: Request): Start
  /** false for a layer that it cannot do */
  can(task: RaceTask): boolean
}

export type RaceTask = Omit<BenchRow, 'entries'> & Pick<Request, 'given'>

interface Rules {
  readonly runs: number
  readonly threads: number
  readonly engine: Engine
  /** called before every process */
  onTurn(part: number, task: RaceTask, racer: Racer): void
}

/** @param racers of every part of a layer convlab first */
export async function race(
  tasks: readonly RaceTask[],
  racers: readonly Racer[],
  { runs, threads, engine, onTurn }: Rules,
): Promise<{ rows: BenchRow[]; peak: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'convlab-bench-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear) // after Ctrl-C, too
  try {
    const rows: BenchRow[] = []
    let peak = 0
    for (const [at, task] of tasks.entries()) {
      const taking = racers.filter((racer) => racer.can(task))
      const times = taking.map((): number[] => [])
      const outputs = taking.map((_, n) => join(folder, `${n}.bin`))
      for (let run = 0; run < runs; run++)
        for (const [n, racer] of taking.entries()) {
          onTurn((at + (run + n / taking.length) / runs) / tasks.length, task, racer)
          const { layer, given } = task
          const { name: contender, part } = racer
          const output = outputs[n] as string
          const request = { contender, part, layer, given, threads, engine, output }
          const answer = await askProcess(racer, request)
          times[n]?.push(answer.time)
          peak = Math.max(peak, answer.peak ?? 0)
        }
      const measured = taking.map(({ name, part }, n): MeasuredContender => {
        const bytes = readFileSync(outputs[n] as string)
        const output = new Float32Array(
          bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
        )
        return { name, part, times: times[n] as number[], output }
      })
      const { given: _, ...row } = task
      rows.push({ ...row, entries: entriesOf(measured, task.flops) })
    }
    return { rows, peak }
  } finally {
    clear()
    process.removeListener('exit', clear)
  }
}

/**
 * Freed memory stays with the process, where the C library is glibc. If it went back to the system and
 * came again with every output, which is a matter of luck, that would cost more than a depthwise layer.
 */
const keepMemory = {
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
}

/** @throws {Error} with what the process said if it fails */
function askProcess(racer: Racer, request: Request): Promise<ContenderReply> {
  const { command, input } = racer.start(request)
  const [program = '', ...args] = command
  const env = { ...process.env, ...keepMemory }
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data) => {
    said.stdout += data
  })
  child.stderr.on('data', (data) => {
    said.stderr += data
  })
  child.stdin.on('error', () => {}) // it may have ended already; its exit code tells
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      process.removeListener('exit', end)
      const last = said.stdout.trimEnd().split('\n').at(-1) ?? ''
      if (code === 0) resolve(JSON.parse(last))
      else reject(new Error(`${racer.name} failed on ${request.layer}: ${said.stderr.trim()}`))
    })
  })
}
