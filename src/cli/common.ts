// The flags that every command takes.
import type { Command } from 'commander'
import { UsageError } from '../base/errors.ts'
import {
  type ConfigOf,
  choice,
  count,
  type Option,
  type OptionTable,
  resolve,
} from '../base/options.ts'
import { type Language, languages, type Text } from '../base/text.ts'
import {
  asFarAsPossible,
  canCompute,
  canFuse,
  type Engine,
  engineNames,
  useEngine,
} from '../tensor/engine/index.ts'
import type { Look } from './settings.ts'

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
 * @returns how its pages are to look
 * @throws {UsageError} for what cannot be read, and for what this machine has not
 */
export function applyCommon(command: Command): Look {
  const given: Readonly<Record<string, unknown>> = command.optsWithGlobals()
  const width = pageWidth(command)
  const { width: columns, ...engine } = resolve(commonOptions, { ...given, width })
  if (given.engine === 'wasm' && !canCompute()) throw cannotCompute()
  if (['engine', 'fma', 'threads'].some((flag) => given[flag] !== undefined)) choose(engine)
  const { color, ascii } = given
  return { ...(width !== undefined && { columns }), color: color === true, ascii: ascii === true }
}

type Common = ConfigOf<typeof commonOptions>

function choose({ engine, fma, threads }: Pick<Common, 'engine' | 'fma' | 'threads'>): void {
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
