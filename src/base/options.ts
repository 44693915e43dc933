// Options: what can be set about a run, as a table. The command line's flags, their help, the
// checks and the types of a configuration all follow from it.
import { UsageError } from './errors.ts'
import { shownValue } from './given.ts'
import type { Text } from './text.ts'

/** One number an axis: rows, then columns. */
export type Pair = readonly [rows: number, columns: number]

/** One thing that can be set: how it is read, checked, defaulted and explained. */
export interface Option<T> {
  /** Besides --key in kebab case: a one-letter flag. */
  readonly short?: string
  /** What stands behind the flag in help; none for a yes-no flag. */
  readonly placeholder?: string
  readonly help: Text
  /** The value as the program uses it, from a flag's text or a library value; undefined if it is neither. */
  read(given: unknown): T | undefined
  /** The words that `read` takes, if it takes any. */
  readonly words?: readonly string[]
  /** What `read` takes, and one example. */
  readonly expected: Text
  readonly example: string | Text
  readonly fallback: T | ((others: Readonly<Record<string, unknown>>) => T)
  /** The fallback in words where it is not a fixed value. */
  readonly fallbackText?: Text
  /** How the head of a page states the value; undefined where it goes without saying. */
  brief?(value: T, config: Readonly<Record<string, unknown>>): Text | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: a table mixes options of every type
export type OptionTable = Readonly<Record<string, Option<any>>>

/** The configuration that a table of options describes. */
export type ConfigOf<Table extends OptionTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Option<infer T> ? T : never
}

/** A configuration of which nothing is known. */
export type AnyConfig = ConfigOf<OptionTable>

/** What may be given for a table: everything is optional, in any form that `read` takes. */
export type GivenFor<Table extends OptionTable> = {
  readonly [Key in keyof Table]?: ConfigOf<Table>[Key] | number | bigint | string | boolean
}

/** kernelSize -> --kernel-size */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/**
 * The configuration for what was given, defaults filled in.
 * @throws {UsageError} naming the flag, what was given and what it takes
 */
export function resolve<Table extends OptionTable>(
  table: Table,
  given: Readonly<Record<string, unknown>>,
): ConfigOf<Table> {
  const config: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(table)) {
    const value = given[key]
    if (value === undefined) {
      config[key] = fallbackOf(option, config)
    } else {
      config[key] = option.read(value)
      if (config[key] === undefined) throw unreadable(key, option, value)
    }
  }
  return config as ConfigOf<Table>
}

/** A value as its flag takes it: 3, 3x5, same. */
export function written(value: unknown): string {
  if (!Array.isArray(value)) return String(value)
  return value[0] === value[1] ? String(value[0]) : value.join('x')
}

/** The flags that would give this configuration, leaving out what is the default anyway. */
export function flagsFor(
  table: OptionTable,
  config: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(table).flatMap(([key, option]) => {
    const value = config[key]
    if (written(value) === written(fallbackOf(option, config))) return []
    return value === false ? [`--no-${key}`] : [flagOf(key), written(value)]
  })
}

/** An option's value where none is given; it may depend on the others. */
function fallbackOf<T>({ fallback }: Option<T>, config: Readonly<Record<string, unknown>>): T {
  return typeof fallback === 'function'
    ? (fallback as (others: typeof config) => T)(config)
    : fallback
}

function unreadable(
  key: string,
  { expected, example }: Option<unknown>,
  given: unknown,
): UsageError {
  const flag = flagOf(key)
  const told = typeof given === 'string' ? given : shownValue(given)
  const shown = typeof example === 'string' ? { en: example, zh: example } : example
  return new UsageError({
    en: `${flag} ${told}: expected ${expected.en}, such as ${flag} ${shown.en}`,
    zh: `${flag} ${told}：应为${expected.zh}，例如 ${flag} ${shown.zh}`,
  })
}

// --- the kinds of option ---

type Common<T> = Pick<Option<T>, 'help' | 'fallback'> &
  Partial<
    Pick<Option<T>, 'short' | 'placeholder' | 'fallbackText' | 'brief' | 'example' | 'expected'>
  >

/** A whole number above 0. */
export function count(option: Common<number>): Option<number> {
  return {
    placeholder: 'n',
    example: '4',
    expected: { en: 'a whole number above 0', zh: '大于 0 的整数' },
    read: (given) => wholeNumber(given, 1),
    ...option,
  }
}

/** A finite number above 0. */
export function positive(option: Common<number>): Option<number> {
  return {
    placeholder: 'x',
    example: '0.5',
    expected: { en: 'a finite number above 0', zh: '大于 0 的有限数' },
    read(given) {
      const decimal = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
      const value = typeof given === 'string' && decimal.test(given) ? Number(given) : given
      return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined
    },
    ...option,
  }
}

/** One whole number for both axes, or rows x columns: 3, 3x5 or [3, 5]; each at least `least`. */
export function pair(least: 0 | 1, option: Common<Pair>): Option<Pair> {
  return {
    placeholder: 'n|rxc',
    example: { en: '3 or 3x5', zh: '3 或 3x5' },
    expected:
      least === 1
        ? { en: 'whole numbers above 0', zh: '大于 0 的整数' }
        : { en: 'whole numbers not below 0', zh: '不小于 0 的整数' },
    read: (given) => readPair(given, least),
    ...option,
  }
}

/** Zeros around the input: numbers, `same`, or `valid` for none. */
export function padding(option: Common<Pair | 'same'>): Option<Pair | 'same'> {
  return {
    placeholder: 'n|rxc|same|valid',
    words: ['same', 'valid'],
    example: { en: '1 or same', zh: '1 或 same' },
    expected: {
      en: 'whole numbers not below 0, same or valid',
      zh: '不小于 0 的整数、same 或 valid',
    },
    read: (given) => (given === 'same' ? given : given === 'valid' ? [0, 0] : readPair(given, 0)),
    ...option,
  }
}

/** Yes unless --no-key is given. */
export function yes(option: Pick<Option<boolean>, 'help' | 'brief'>): Option<boolean> {
  return {
    example: 'true',
    expected: { en: 'true or false', zh: 'true 或 false' },
    read: (given) => (typeof given === 'boolean' ? given : undefined),
    fallback: true,
    ...option,
  }
}

/** One of a few words. */
export function choice<Word extends string>(
  words: readonly Word[],
  option: Common<Word>,
): Option<Word> {
  return {
    placeholder: words.join('|'),
    words,
    example: words[0] as string,
    expected: { en: `one of ${words.join(', ')}`, zh: ` ${words.join('、')} 之一` },
    read: (given) => words.find((word) => word === given),
    ...option,
  }
}

function wholeNumber(given: unknown, least: number): number | undefined {
  const value = typeof given === 'string' && /^\+?\d+$/.test(given) ? Number(given) : given
  return Number.isSafeInteger(value) && (value as number) >= least ? (value as number) : undefined
}

function readPair(given: unknown, least: number): Pair | undefined {
  const parts = typeof given === 'string' ? given.split(/[x×]/) : [given].flat()
  if (parts.length > 2) return undefined
  const [rows, columns] = parts.map((part) => wholeNumber(part, least))
  if (rows === undefined) return undefined
  if (parts.length === 1) return [rows, rows]
  return columns === undefined ? undefined : [rows, columns]
}
