// A thread that work is offloaded to: a whole command, or one layer's run whose trace it hands over.
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { Io } from '../cli/io.ts'
import { traceOf } from '../cli/layer-runs.ts'
import type { OffloadedWork } from '../cli/offloaded-work.ts'
import type { Output } from '../cli/settings.ts'
import { startWorkerPool } from '../cli/start-pool.ts'
import { type LayerName, layers } from '../layers/index.ts'
import { partsOf, type RunPart, totalOf } from '../run/expected.ts'
import { planRun } from '../run/plan.ts'
import { type Engine, useEngine } from '../tensor/engine/index.ts'
import type { Trace } from '../trace/trace.ts'
import { runCli } from './program.ts'

/** What the thread is given; streams are described, since they cannot be handed over. */
export interface OffloadData {
  readonly work: OffloadedWork
  readonly engine: Engine
  readonly place: Omit<Io, 'stdout' | 'stderr'>
  readonly terminals: Readonly<Record<'stdout' | 'stderr', Omit<Output, 'write'>>>
}

/** What the thread sends. */
export type OffloadMessage =
  | { readonly announced: number }
  | { readonly part: RunPart }
  | { readonly unfinished: string }
  | { readonly trace: Trace }

const { work, engine, place, terminals } = workerData as OffloadData
const send = (message: OffloadMessage, moved: readonly ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, moved)
const announce = (cost: number) => {
  startWorkerPool(join(__dirname, 'thread.cjs'))
  send({ announced: cost })
  return (part: RunPart) => send({ part })
}

if ('args' in work) {
  runCli(work.args, {
    ...place,
    stdout: Object.assign(process.stdout, terminals.stdout),
    stderr: Object.assign(process.stderr, terminals.stderr),
    announce,
    unfinished: (path) => send({ unfinished: path }),
  }).then((code) => {
    process.exitCode = code
  })
} else {
  useEngine(engine)
  const layer = layers[work.layer as LayerName]
  const plan = planRun(layer, work.given)
  traceOf(layer, plan, announce(totalOf(partsOf(plan).values()))).then((trace) => {
    const tensors = [...trace.steps, ...trace.parameters]
    send({ trace }, [...new Set(tensors.map(({ values }) => values.buffer as ArrayBuffer))])
  })
}
