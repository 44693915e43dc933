// All contenders in turn, each time in a fresh process, so that whatever slows the machine down for a
// while slows all of them down.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Programs, Start } from '../../../cli/programs.ts'
import type { Environment } from '../../../cli/settings.ts'
import type { Engine } from '../../../tensor/engine/index.ts'
import type { TimedPart } from '../part.ts'
import { type BenchRow, entriesOf, type MeasuredContender } from '../report.ts'
import type { ContenderReply, Request } from './contender.ts'

export interface Racer {
  readonly name: string
  readonly part: TimedPart
  start(request: Request): Start
}

export type RaceTask = Omit<BenchRow, 'entries'> & Pick<Request, 'given'>

export interface Rules {
  /** processes of each */
  readonly runs: number
  readonly threads: number
  readonly engine: Engine
}

/** What processes are started with. */
interface Starting {
  readonly programs: Programs
  readonly env: Environment
}

/**
 * @param racers of every part of a layer convlab first
 * @param onTurn called before every process
 */
export async function race(
  tasks: readonly RaceTask[],
  racers: readonly Racer[],
  { runs, threads, engine }: Rules,
  start: Starting,
  onTurn: (part: number, task: RaceTask, racer: Racer) => void,
): Promise<{ rows: BenchRow[]; peak: number }> {
  const folder = start.programs.temporaryFolder('bench')
  try {
    const rows: BenchRow[] = []
    let peak = 0
    for (const [at, task] of tasks.entries()) {
      // a layer may have no convolution to be timed by itself
      const taking = racers.filter(({ part }) => part === 'layer' || task.flops.convolution > 0)
      const times = taking.map((): number[] => [])
      const outputs = taking.map((_, n) => join(folder.path, `${n}.bin`))
      for (let run = 0; run < runs; run++)
        for (const [n, racer] of taking.entries()) {
          onTurn((at + (run + n / taking.length) / runs) / tasks.length, task, racer)
          const { layer, given } = task
          const { name: contender, part } = racer
          const output = outputs[n] as string
          const request = { contender, part, layer, given, threads, engine, output }
          const answer = await ask(racer, request, start)
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
    folder.remove()
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
async function ask(
  racer: Racer,
  request: Request,
  { programs, env }: Starting,
): Promise<ContenderReply> {
  const ended = await programs.run(racer.start(request), { ...env, ...keepMemory })
  if (ended.code !== 0)
    throw new Error(`${racer.name} failed on ${request.layer}: ${ended.stderr.trim()}`)
  return JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '')
}
