// A plan: what will be run, checked through and through before a tensor is made.
import { UsageError } from '../base/errors.ts'
import { nearest } from '../base/nearest.ts'
import {
  type AnyConfig,
  type ConfigOf,
  choice,
  count,
  flagsFor,
  type GivenFor,
  type Option,
  type OptionTable,
  pair,
  resolve,
} from '../base/options.ts'
import type { Layer } from '../layers/layer.ts'
import { parseSeed } from '../random/generator.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'
import { checkProvided } from './check-given.ts'
import { type DryRun, dryRun } from './dry-run.ts'
import { type InputKind, inputKinds } from './input.ts'
import { fourAxes, type Provided, type ProvidedInput, type WeightsOutline } from './provided.ts'
import { checkWeights } from './weights.ts'

const seed: Option<bigint> = {
  placeholder: 'n',
  help: { en: 'seed, as in torch.manual_seed', zh: '随机种子，同 torch.manual_seed' },
  example: '42',
  expected: { en: 'a whole number from -2^63 to 2^64-1', zh: '-2^63 到 2^64-1 之间的整数' },
  read: (given) => parseSeed(given as string),
  fallback: 0n,
}

/** What can be set about a run besides its layer: the input and the seed. */
export const runOptions = {
  batch: count({ help: { en: 'samples', zh: '样本数' }, fallback: 1 }),
  size: pair(1, {
    help: { en: 'input rows and columns', zh: '输入的行数和列数' },
    fallback: [32, 32],
  }),
  seed,
  input: choice(inputKinds, {
    help: {
      en: 'input values: normal, uniform in 0..1, normal behind a ReLU, or normal with an offset a sample and channel',
      zh: '输入数值：正态、0..1 均匀、经 ReLU 的正态，或每个样本每个通道另加偏移的正态',
    },
    fallback: 'randn' as InputKind,
  }),
}

export type RunConfig = ConfigOf<typeof runOptions>

/** Everything that a run depends on. */
export interface Plan<Config extends AnyConfig = AnyConfig> {
  readonly config: Config
  readonly run: RunConfig
  /** what is not drawn from the seed */
  readonly provided: Provided
  /** (B, C, H, W) */
  readonly inputShape: Shape
  /** the arguments of `convlab` that give this run, without what is the default anyway */
  readonly command: string
  /** every step's shape, and what the layer costs, before anything is computed */
  readonly declared: DryRun
  /** multiply-adds of the whole batch */
  readonly work: number
  /** how many values its tensors hold, those of every step and parameter */
  readonly values: number
  /** the weights name no temperature, and nobody else did */
  readonly assumesTemperature: boolean
}

/** What may be given for a layer's run. */
export type Given<Options extends OptionTable = OptionTable> = GivenFor<Options> &
  GivenFor<typeof runOptions>

/** Tensors larger than this in all are refused. */
export const memoryLimit = 2 * 2 ** 30

/** What was given, read and checked. */
type Checked<Config extends AnyConfig> = Omit<Plan<Config>, 'provided' | 'command' | 'work'>

/**
 * Reads and checks what was given for a layer. Nothing is computed, no tensor made.
 *
 * An input that is provided decides its channels, samples and size; weights that are provided
 * decide the temperature where none is given, since no shape tells it.
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 */
export function planRun<Options extends OptionTable>(
  layer: Layer<Options>,
  given: Readonly<Record<string, unknown>>,
  provided: Provided = {},
): Plan<ConfigOf<Options>> {
  checkProvided(provided)
  const checked = checkRun(layer, given, provided)
  const { config, run, declared } = checked
  return {
    ...checked,
    provided,
    command: commandOf(layer, config, run, provided),
    work: run.batch * declared.cost.multiplyAdds,
  }
}

/** As `planRun`, for weights of which no more is known than their shapes. */
export function checkRun<Options extends OptionTable>(
  layer: Layer<Options>,
  given: Readonly<Record<string, unknown>>,
  { input, weights }: { readonly input?: ProvidedInput; readonly weights?: WeightsOutline },
): Checked<ConfigOf<Options>> {
  const keys = Object.keys({ ...layer.options, ...runOptions })
  const unknown = Object.keys(given).find((key) => !keys.includes(key))
  if (unknown !== undefined) throw unknownOption(layer, unknown, keys)
  const [B, C, H, W] = input ? fourAxes(input) : []
  const temperature = 'temperature' in layer.options ? weights?.temperature : undefined
  const known = defined({ in: C, temperature }, given)
  const config = resolve(layer.options, known)
  const run = resolve(runOptions, defined(input && { batch: B, size: [H, W] }, given))
  const inputShape: Shape = [run.batch, config.in as number, ...run.size]
  if (input) checkAgreement(input, inputShape)
  layer.check(config, inputShape)
  const declared = dryRun(layer, config, inputShape)
  const values = checkMemory(declared)
  if (weights) checkWeights(layer, known, weights, input)
  const assumesTemperature =
    weights !== undefined && 'temperature' in layer.options && known.temperature === undefined
  return { config, run, inputShape, declared, assumesTemperature, values }
}

/** The later values over the earlier ones, where they are not undefined. */
function defined(...layers: (Readonly<Record<string, unknown>> | undefined)[]) {
  const entries = layers.flatMap((each) => Object.entries(each ?? {}))
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A file's shape and flags that say otherwise: one of them must give way. */
function checkAgreement(input: ProvidedInput, [B, C, H, W]: Shape): void {
  const [batch, channels, rows, columns] = fourAxes(input)
  const pairs: [flag: string, given: string, found: string][] = [
    ['--batch', `${B}`, `${batch}`],
    ['--in', `${C}`, `${channels}`],
    ['--size', `${H}x${W}`, `${rows}x${columns}`],
  ]
  const differing = pairs.find(([, given, found]) => given !== found)
  if (differing === undefined) return
  const [flag, given, found] = differing
  const shape = `[${input.shape.join(', ')}]`
  throw new UsageError({
    en: `${flag} ${given} contradicts --input ${input.source}, whose shape is ${shape}: use ${flag} ${found}, or leave ${flag} out`,
    zh: `${flag} ${given} 与 --input ${input.source} 矛盾，它的形状是 ${shape}：请用 ${flag} ${found}，或去掉 ${flag}`,
  })
}

/** The arguments that give this run; a file says by itself how large it is. */
function commandOf(layer: Layer, config: AnyConfig, run: RunConfig, provided: Provided) {
  const { input, weights } = provided
  const told = input ? ['in', 'batch', 'size'] : []
  const untold = (table: OptionTable) =>
    Object.fromEntries(Object.entries(table).filter(([key]) => !told.includes(key)))
  const flags = [
    ...flagsFor(untold(layer.options), config),
    ...flagsFor(untold(runOptions), run),
    ...(input ? ['--input', input.source, ...(input.flags ?? [])] : []),
    ...(weights ? ['--weights', weights.source] : []),
  ]
  return [layer.name, ...flags.map(shellWord)].join(' ')
}

/** A word as a shell reads it back. */
function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function unknownOption(layer: Layer, key: string, known: readonly string[]): UsageError {
  const near = nearest(key, known)
  const all = known.join(', ')
  return new UsageError({
    en: `${layer.name} has no option ${key}: ${near ? `did you mean ${near}? Else ` : ''}expected one of ${all}`,
    zh: `${layer.name} 没有选项 ${key}：${near ? `是不是 ${near}？` : ''}可用的选项有 ${all}`,
  })
}

/** @returns how many values the tensors hold */
function checkMemory({ steps, parameters }: DryRun): number {
  const sizes = [
    ...steps.map(({ id, shape }) => [id, shape] as const),
    ...parameters.map(({ name, shape }) => [name, shape] as const),
  ]
  const values = sizes.reduce((sum, [, shape]) => sum + sizeOf(shape), 0)
  const bytes = 4 * values
  if (bytes <= memoryLimit) return values
  const [name, shape] = sizes.reduce((a, b) => (sizeOf(b[1]) > sizeOf(a[1]) ? b : a))
  const needed = `${(bytes / 2 ** 30).toFixed(1)} GiB`
  const limit = `${memoryLimit / 2 ** 30} GiB`
  throw new UsageError({
    en: `the tensors would take about ${needed}, expected at most ${limit}; the largest is ${name} [${shape.join(', ')}]: use a smaller --batch, --size, --in or --out`,
    zh: `各张量共需约 ${needed}，上限是 ${limit}；最大的是 ${name} [${shape.join(', ')}]：请减小 --batch、--size、--in 或 --out`,
  })
}
