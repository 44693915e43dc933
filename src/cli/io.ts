// What a command may act on, by capability: each asks for those that it uses, and no more.
import type { Language } from '../base/text.ts'
import type { RunCode } from '../course/code-run.ts'
import type { Report } from '../run/expected.ts'
import type { StartOffload } from './offloaded-work.ts'
import type { Programs } from './programs.ts'
import type { Environment, Look, Output } from './settings.ts'
import type { Keyboard, Screen } from './terminal.ts'
import type { StartThread } from './training-thread.ts'

export interface Streams {
  readonly stdout: Output
  readonly stderr: Output
  /** where long work shows how far it is, if that is not stderr */
  readonly progress?: Output
}

/** What the surroundings say, and who is asked. */
export interface Surroundings {
  readonly env: Environment
  /** the system's own locale, such as zh-CN */
  readonly locale: string
  readonly version: string
}

/** What it takes to print a page. */
export type Printing = Streams & Surroundings

/** The keyboard, line by line; without it nothing is asked. */
export interface Asking {
  readonly stdin?: NodeJS.ReadStream
}

/** The terminal that the program runs in; only asked for by commands that listen to keys. */
export interface Terminals {
  terminal?(): Terminal
}

/** What a command that listens to keys needs: the keyboard, and a screen whose size may change. */
export interface Terminal {
  readonly keyboard: Keyboard
  readonly screen: Screen
}

export interface Clock {
  /** milliseconds from any start; the real clock if absent */
  clock?(): number
}

export interface Interrupts {
  /** Ctrl-C calls this once instead of ending the program; the function returned undoes that */
  onInterrupt?(handler: () => void): () => void
}

/** Threads for long work; without them everything happens in this one. */
export interface Threads extends Interrupts, Clock {
  readonly offload?: StartOffload
}

/** Whoever shows how far the work is. */
export interface Announcing {
  /** announces parts of this cost in all */
  announce?(cost: number): Report
}

/** Files that are half written. */
export interface Unfinished {
  /** names a file that is to go if the program ends before its time */
  unfinished?(path: string): void
}

/** Threads that train, and what they train on. */
export interface Training extends Interrupts, Clock {
  readonly trainer?: StartThread
  /** the folder of vendored data sets */
  readonly data?: string
}

/** Other programs, started from here. */
export interface Starting {
  programs?(): Promise<Programs>
}

/** Where contenders of a benchmark are run and looked for. */
export interface Contenders {
  readonly bench?: { readonly runner: string; readonly homes: readonly string[] }
}

/** The parts of lessons that are not in the program itself. */
export interface Course {
  readonly course?: {
    /** lessons/ */
    readonly folder: string
    /** runs a learner's code, contained */
    readonly runCode: RunCode
  }
}

export interface Pages {
  /** the folder of page.js and page.css, which --save report.html puts into its page */
  readonly pageFolder?: string
}

/** All that the program may be given. */
export interface Io
  extends Streams,
    Surroundings,
    Asking,
    Terminals,
    Threads,
    Announcing,
    Unfinished,
    Training,
    Starting,
    Contenders,
    Course,
    Pages {}

/** Where long work shows how far it is. */
export function progressOf({ progress, stderr }: Streams): Output {
  return progress ?? stderr
}

/** Milliseconds from any start. */
export function clockOf({ clock }: Clock): () => number {
  return clock ?? (() => performance.now())
}

/** @throws {TypeError} where no program can be started from */
export function programsOf({ programs }: Starting): Promise<Programs> {
  if (programs === undefined) throw new TypeError('no other programs can be started here')
  return programs()
}

/** One run of the program: its arguments, its surroundings, and where its exit code goes. */
export interface Session<Capabilities = Io> {
  readonly args: readonly string[]
  readonly io: Capabilities
  readonly language: Language
  /** how its pages are to look, as its flags say */
  readonly look: Look
  exit(code: number): void
  /** runs the program once more, in itself */
  run(args: readonly string[], io: Io): Promise<number>
}
