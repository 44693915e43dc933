// The thread that offloaded work is done in, from the side of the one that waits for it.
import { Worker } from 'node:worker_threads'
import type { Offload, OffloadedWork, OffloadListener } from '../cli/offloaded-work.ts'
import type { Trace } from '../trace/trace.ts'
import type { OffloadData, OffloadMessage } from './worker.ts'

/** What the thread cannot do itself, since its program is not ours. */
export interface Host {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  unfinished(path: string): void
  exit(): void
}

/** @param file the built worker.ts */
export function startOffload(
  file: string,
  given: Omit<OffloadData, 'work' | 'terminals'>,
  work: OffloadedWork,
  listener: OffloadListener,
  host: Host,
): Offload {
  const { stdout, stderr } = host
  const workerData: OffloadData = {
    ...given,
    work,
    terminals: { stdout: describe(stdout), stderr: describe(stderr) },
  }
  const prints = 'args' in work
  const worker = new Worker(file, { workerData, stdout: prints, stderr: prints })
  if (prints) {
    forward(worker.stdout, stdout, listener)
    forward(worker.stderr, stderr, listener)
  }
  let stopped = false
  const done = new Promise<Trace | number>((resolve, reject) => {
    worker.on('message', (message: OffloadMessage) => {
      if ('part' in message) listener.report(message.part)
      else if ('announced' in message) listener.announce(message.announced)
      else if ('unfinished' in message) host.unfinished(message.unfinished)
      else resolve(message.trace)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (stopped) return
      if (prints) resolve(code)
      else reject(new Error(`the thread ended with ${code} before its run`))
    })
  })
  return {
    done,
    stop() {
      stopped = true
      worker.terminate().finally(host.exit)
    },
  }
}

function describe({ isTTY, columns }: NodeJS.WriteStream) {
  return { isTTY: isTTY === true, columns }
}

function forward(
  from: NodeJS.ReadableStream,
  to: NodeJS.WriteStream,
  listener: OffloadListener,
): void {
  if (to.isTTY) from.once('data', listener.spoke)
  from.pipe(to, { end: false })
}
