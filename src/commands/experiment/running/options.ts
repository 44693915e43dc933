// What can be set about an experiment, read and checked before anything is trained.
import { UsageError } from '../../../base/errors.ts'
import { nearest } from '../../../base/nearest.ts'
import type { Option, OptionTable } from '../../../base/options.ts'
import { type Experiment, modelsOf, usualSeeds } from '../../../training/experiment.ts'
import type { Design } from '../../../training/statistics/experiment-study.ts'

/** More seeds than this are a slip of the finger. */
const MOST_SEEDS = 1000

/** Seed indices, from how many there are to be, or from a list or range of them. */
const seeds: Option<readonly number[]> = {
  placeholder: 'n|list',
  help: {
    en: 'how many seeds, or which: 10, 0,3,7 or 10-19',
    zh: '用多少个种子，或哪些种子：10、0,3,7 或 10-19',
  },
  expected: {
    en: `how many (1 to ${MOST_SEEDS}), a list or a range of seed indices`,
    zh: `种子个数（1 到 ${MOST_SEEDS}），或种子序号的列表、范围`,
  },
  example: { en: '10, 0,3,7 or 10-19', zh: '10、0,3,7 或 10-19' },
  fallback: [],
  fallbackText: { en: `${usualSeeds}; fewer with --quick`, zh: `${usualSeeds}，--quick 时更少` },
  read: readSeeds,
}

export const experimentOptions = {
  seeds,
} satisfies OptionTable

function readSeeds(given: unknown): readonly number[] | undefined {
  const text = String(given)
  const valid = (list: readonly number[]) =>
    list.length > 0 && list.length <= MOST_SEEDS && list.every((seed) => seed <= LARGEST_SEED)
      ? list
      : undefined
  if (/^\d+$/.test(text)) return valid(upTo(Number(text), 0))
  const range = /^(\d+)-(\d+)$/.exec(text)
  if (range) return valid(upTo(Number(range[2]) - Number(range[1]) + 1, Number(range[1])))
  if (!/^\d+(,\d+)+,?$|^\d+,$/.test(text)) return undefined
  const list = text.split(',').filter(Boolean).map(Number)
  return new Set(list).size === list.length ? valid(list) : undefined
}

/** 1000 (s + 1) + offset is to be a seed of 32 bits: beyond, seeds would repeat. */
const LARGEST_SEED = 4_000_000

function upTo(length: number, first: number): number[] {
  return length > 0 && length <= MOST_SEEDS ? Array.from({ length }, (_, at) => first + at) : []
}

/**
 * The models and seeds that are meant: those that were asked for, else those of the file that is
 * resumed, else the experiment's.
 * @throws {UsageError} for a model that the experiment does not know
 */
export function designOf(
  experiment: Experiment,
  asked: {
    readonly models?: readonly string[]
    readonly seeds?: readonly number[]
    readonly quick: boolean
  },
  resumed: Partial<Design> = {},
): Design {
  const { quick } = experiment
  const usual = asked.quick
    ? { models: quick.models, seeds: upTo(quick.seeds, 0) }
    : { models: experiment.models, seeds: upTo(usualSeeds, 0) }
  return {
    experiment,
    models: asked.models ? checkModels(experiment, asked.models) : (resumed.models ?? usual.models),
    seeds: asked.seeds ?? resumed.seeds ?? usual.seeds,
    ...(resumed.change && { change: resumed.change }),
  }
}

/** The models named, each once, in the table's order: S D4 or S,D4. */
function checkModels(experiment: Experiment, given: readonly string[]): readonly string[] {
  const names = given.flatMap((text) => text.split(',')).filter(Boolean)
  const known = modelsOf(experiment)
  const unknown = names.find((name) => !known.includes(name))
  if (names.length === 0 || unknown !== undefined) throw unknownModel(unknown ?? '', known)
  return known.filter((name) => names.includes(name))
}

function unknownModel(name: string, known: readonly string[]): UsageError {
  const byLower = (word: string) => known.find((each) => each.toLowerCase() === word)
  const near = byLower(
    nearest(
      name,
      known.map((each) => each.toLowerCase()),
    ) ?? '',
  )
  const list = known.join(', ')
  return new UsageError({
    en: `--models ${name}: ${near ? `did you mean ${near}? Else ` : ''}expected some of ${list}, such as --models S,D4`,
    zh: `--models ${name}：${near ? `是不是 ${near}？` : ''}可选的有 ${list}，例如 --models S,D4`,
  })
}
