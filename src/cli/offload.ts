// Long work happens in a thread of its own, so that this one hears Ctrl-C and shows how far it is.
import type { Layer } from '../layers/layer.ts'
import type { Trace } from '../trace/trace.ts'
import { type Clock, clockOf, type Printing, progressOf, type Session, type Threads } from './io.ts'
import type { OffloadedWork } from './offloaded-work.ts'
import { createMeter, type ProgressLine, progressLine } from './progress-line.ts'
import { styleFor } from './style.ts'

/** What it takes to show how far work is. */
type Showing = Printing & Clock

/** How often the bar moves, in milliseconds. */
const INTERVAL = 100

/**
 * The command once more from its beginning, in a thread.
 * @returns its exit code
 */
export async function offloadCommand(session: Session<Showing & Threads>): Promise<number> {
  const line = await lineFor(session)
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
  session: Session<Threads>,
  line: ProgressLine | undefined,
  leaving: AbortSignal,
): Promise<Trace> {
  return (await offload({ layer: name, given }, session, line, leaving)) as Trace
}

/** Where a command shows how far it is. */
export async function lineFor(session: Session<Showing>): Promise<ProgressLine> {
  const { io } = session
  const output = progressOf(io)
  return progressLine(output, await styleFor(session, output), clockOf(io))
}

async function offload(
  work: OffloadedWork,
  { io }: Session<Threads>,
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
