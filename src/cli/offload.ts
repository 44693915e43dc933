// Long work happens in a thread of its own, so that this one hears Ctrl-C and shows how far it is.
import type { Command } from 'commander'
import type { Layer } from '../layers/layer.ts'
import type { Report } from '../run/expected.ts'
import type { Trace } from '../trace/trace.ts'
import { clockOf, progressOf, type Session, styleFor } from './common.ts'
import { createMeter, type ProgressLine, progressLine } from './progress-line.ts'

/** What a thread is to do: a whole command, its output on ours, or a run whose trace is wanted. */
export type OffloadedWork =
  | { readonly args: readonly string[] }
  | { readonly layer: string; readonly given: Readonly<Record<string, unknown>> }

/** What it tells of itself as it goes on. */
export interface OffloadListener {
  /** the cost of what it will report from now on */
  announce(cost: number): void
  report: Report
  /** it has written something to a terminal, where nothing else may be shown now */
  spoke(): void
}

/** A thread at work. */
export interface Offload {
  /** the trace, or the command's exit code */
  readonly done: Promise<Trace | number>
  /** Ends it, whatever it is doing, and then the program as Ctrl-C does. */
  stop(): void
}

export type StartOffload = (work: OffloadedWork, listener: OffloadListener) => Promise<Offload>

/** How often the bar moves, in milliseconds. */
const INTERVAL = 100

/**
 * The command once more from its beginning, in a thread.
 * @returns its exit code
 */
export async function offloadCommand(command: Command, session: Session): Promise<number> {
  const line = await lineFor(command, session)
  return (await offload({ args: session.args }, session, line)) as number
}

/**
 * A run in a thread.
 * @param line shows how far it is, if anything does
 * @param leaving stops it, as Ctrl-C does
 */
export async function offloadTrace(
  { name }: Layer,
  given: Readonly<Record<string, unknown>>,
  session: Session,
  line: ProgressLine | undefined,
  leaving: AbortSignal,
): Promise<Trace> {
  return (await offload({ layer: name, given }, session, line, leaving)) as Trace
}

/** Where this command shows how far it is. */
export async function lineFor(command: Command, session: Session): Promise<ProgressLine> {
  const { io } = session
  const output = progressOf(io)
  return progressLine(output, await styleFor(command, session, output), clockOf(io))
}

async function offload(
  work: OffloadedWork,
  { io }: Session,
  line: ProgressLine | undefined,
  leaving?: AbortSignal,
): Promise<Trace | number> {
  if (io.offload === undefined) throw new TypeError('there are no threads here')
  const clock = clockOf(io)
  const meter = createMeter(clock)
  let silent = false
  const silence = () => {
    silent = true
    line?.clear()
  }
  const show = () => {
    if (!silent) line?.show(meter.part(), meter.title(), meter.onTime())
  }
  const timer = line && setInterval(show, INTERVAL)
  const thread = await io.offload(work, {
    announce: meter.announce,
    report: meter.report,
    spoke: silence,
  })
  const stop = () => {
    silence()
    thread.stop()
  }
  const listenNoMore = io.onInterrupt?.(stop)
  leaving?.addEventListener('abort', stop)
  try {
    return await thread.done
  } finally {
    listenNoMore?.()
    leaving?.removeEventListener('abort', stop)
    silence()
    clearInterval(timer)
  }
}
