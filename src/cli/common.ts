// The flags that every command takes, and what they make of a page.
import type { Command } from 'commander'
import { UsageError } from '../base/errors.ts'
import { choice, count, type Option, type OptionTable, resolve } from '../base/options.ts'
import { type Language, languages, type Text } from '../base/text.ts'
import type { Report } from '../run/expected.ts'
import type { Style } from '../show/style.ts'
import {
  asFarAsPossible,
  canCompute,
  canFuse,
  type Engine,
  engineNames,
  useEngine,
} from '../tensor/engine/index.ts'
import type { StartOffload } from './offload.ts'
import { colorLevel, type Environment, type Output, outputWidth } from './settings.ts'
import type { Keyboard, Screen } from './terminal.ts'
import type { StartThread } from './training-thread.ts'

/** Where the parts of lessons are that are not in the program itself. */
export interface LessonFiles {
  /** the folder lessons/ */
  readonly lessons: string
  /** the built child.ts */
  readonly runner: string
}

/** Where a command finds its surroundings, and what it may act on. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  /** where long work shows how far it is, if that is not stderr */
  readonly progress?: Output
  readonly env: Environment
  /** the system's own locale, such as zh-CN */
  readonly locale: string
  readonly version: string
  /** the keyboard; without it nothing is asked */
  readonly stdin?: NodeJS.ReadStream
  /** where the parts of lessons are that are not in the program itself */
  readonly files?: LessonFiles
  /** the folder of page.js and page.css, which --save report.html puts into its page */
  readonly pageFolder?: string
  /** the folder of vendored data sets */
  readonly data?: string
  /** Ctrl-C calls this once instead of ending the program; the function returned undoes that */
  onInterrupt?(handler: () => void): () => void
  /** starts a thread that trains; without it everything happens in this one */
  readonly trainer?: StartThread
  /** where contenders of a benchmark are run and looked for */
  readonly bench?: { readonly runner: string; readonly homes: readonly string[] }
  /** the terminal that the program runs in; only asked for by commands that listen to keys */
  terminal?(): Terminal
  /** milliseconds from any start; the real clock if absent */
  clock?(): number
  /** starts a thread for long work; without it everything happens in this one */
  readonly offload?: StartOffload
  /** announces parts of this cost in all, to whoever shows how far the work is */
  announce?(cost: number): Report
  /** names a file that is to go if the program ends before its time */
  unfinished?(path: string): void
}

/** What a command that listens to keys needs: the keyboard, and a screen whose size may change. */
export interface Terminal {
  readonly keyboard: Keyboard
  readonly screen: Screen
}

/** Where long work shows how far it is. */
export function progressOf({ progress, stderr }: Io): Output {
  return progress ?? stderr
}

/** Milliseconds from any start. */
export function clockOf({ clock }: Io): () => number {
  return clock ?? (() => performance.now())
}

/** One run of the program: its arguments, its surroundings, and where its exit code goes. */
export interface Session {
  readonly args: readonly string[]
  readonly io: Io
  readonly language: Language
  exit(code: number): void
}

/** More threads than this are a slip of the finger, and each takes megabytes. */
const MOST_THREADS = 256

const threadCount = count({
  help: {
    en: 'threads for long work; they change no digit',
    zh: '计算量大时用几个线程，数字不变',
  },
  fallback: 1,
})

const threads: Option<Engine['threads']> = {
  placeholder: 'n|auto',
  help: threadCount.help,
  expected: {
    en: `a whole number from 1 to ${MOST_THREADS}, or auto`,
    zh: ` 1 到 ${MOST_THREADS} 的整数或 auto`,
  },
  example: '2',
  fallback: 'auto',
  fallbackText: { en: 'as many as there are cores', zh: '与处理器核数相同' },
  read(given) {
    if (given === 'auto') return 'auto'
    const number = threadCount.read(given)
    return number !== undefined && number <= MOST_THREADS ? number : undefined
  },
}

export const commonOptions = {
  lang: choice(languages, {
    help: { en: 'language of all words', zh: '界面语言' },
    fallback: 'en' as Language,
    fallbackText: { en: 'from the locale', zh: '随系统区域' },
  }),
  width: count({
    help: { en: 'columns to fill', zh: '页面宽度（列）' },
    example: '100',
    fallback: 80,
    fallbackText: { en: 'the terminal', zh: '终端宽度' },
  }),
  engine: choice(engineNames, {
    help: { en: 'what computes convolutions', zh: '用什么计算卷积' },
    fallback: 'wasm' as Engine['name'],
  }),
  fma: choice(['auto', 'on', 'off'], {
    help: {
      en: 'fused multiply-adds, which round once and so change last digits; auto: where Node has them',
      zh: '融合乘加，auto 指 Node 支持就用；只舍入一次，末位数字会略有不同',
    },
    fallback: 'auto',
  }),
  threads,
} satisfies OptionTable

export const commonFlags: Readonly<Record<'--no-color' | '--ascii', Text>> = {
  '--no-color': { en: 'no colours; so does NO_COLOR', zh: '不用颜色，同 NO_COLOR' },
  '--ascii': { en: 'draw with ASCII characters alone', zh: '只用 ASCII 字符画图' },
}

/**
 * Reads the common flags, whatever the command, and sets the engine that they ask for.
 * @throws {UsageError} for what cannot be read, and for what this machine has not
 */
export function applyCommon(command: Command): void {
  const given: Readonly<Record<string, unknown>> = command.optsWithGlobals()
  const { engine, fma, threads } = resolve(commonOptions, { ...given, width: pageWidth(command) })
  if (['engine', 'fma', 'threads'].every((flag) => given[flag] === undefined)) return
  if (given.engine === 'wasm' && !canCompute()) throw cannotCompute()
  if (fma === 'on' && !canFuse()) throw cannotFuse()
  useEngine(asFarAsPossible({ name: engine, fma: engine === 'wasm' && fma !== 'off', threads }))
}

function cannotCompute(): UsageError {
  return new UsageError({
    en: '--engine wasm: this Node runs no WebAssembly with SIMD, as with node --jitless: use --engine reference, or leave it out',
    zh: '--engine wasm：这个 Node 不能运行带 SIMD 的 WebAssembly（例如用了 node --jitless）：请用 --engine reference，或去掉它',
  })
}

function cannotFuse(): UsageError {
  return new UsageError({
    en: '--fma on: this version of Node has no fused multiply-adds, expected Node 22 or later: use --fma off, or leave it out',
    zh: '--fma on：这个版本的 Node 没有融合乘加，需要 Node 22 或更新：请用 --fma off，或去掉它',
  })
}

/**
 * The --width that is asked of the page. Where a command has a --width of its own, a network's,
 * anything below `narrowest` is that and not the page's.
 */
export function pageWidth(command: Command): string | undefined {
  const { width } = command.optsWithGlobals()
  const ambiguous = command.options.some((option) => option.attributeName() === 'width')
  return ambiguous && Number(width) < narrowest ? undefined : width
}

const narrowest = 10

/** How this command's pages are to look on that output. */
export async function styleFor(command: Command, session: Session, output: Output): Promise<Style> {
  const width = pageWidth(command)
  const columns = outputWidth(width === undefined ? undefined : Number(width), output)
  return (await stylist(command, session, output))(session.language, columns)
}

/** Makes the styles of a command that changes its language and width as it runs. */
export async function stylist(
  command: Command,
  { io }: Session,
  output: Output,
): Promise<(language: Language, columns: number) => Style> {
  const { color, ascii } = command.optsWithGlobals()
  const { Chalk } = await import('chalk')
  const { createStyle } = await import('../show/style.ts')
  const colors = new Chalk({ level: colorLevel(color, io.env, output) })
  return (language, columns) => createStyle(language, columns, colors, ascii === true)
}
