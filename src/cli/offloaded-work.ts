// Work that is done in a thread of its own: what is asked of it, and what it tells.
import type { Report } from '../run/expected.ts'
import type { Trace } from '../trace/trace.ts'

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
