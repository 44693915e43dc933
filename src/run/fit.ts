// Which options of a layer would give it parameters of these shapes. Nothing is known here of any
// one layer: options are changed, and its own parameters held against the shapes.

import { flagOf, type OptionTable, resolve, written } from '../base/options.ts'
import type { Layer } from '../layers/layer.ts'
import { type GivenOptions, isSound, misfitOf, type Shapes, sameShapes } from './misfit.ts'

/** Sets of options that are followed up at a time, the nearest ones. */
const FOLLOWED = 12
/** Different sizes that are tried as values; layers have fewer. */
const MOST_SIZES = 24
/** No options give a layer so many times the tensors: a file of more is not looked into. */
const MOST_TIMES = 4

/** Options that differ from what was given, by key. */
export type Changes = GivenOptions

/**
 * Changes to what was given, none of them needless, that make the layer's parameters those of these
 * names and shapes; undefined if none are found.
 * @param fixed keys of options that cannot be changed
 */
export function changesThatFit(
  layer: Layer,
  given: GivenOptions,
  shapes: Shapes,
  fixed: readonly string[] = [],
): Changes | undefined {
  const { length } = layer.parameters(resolve(layer.options, given))
  if (Object.keys(shapes).length > MOST_TIMES * length) return undefined
  // what was given may be far off where the usual options are near, as one option hides another
  const found =
    nearer(layer, given, {}, shapes, fixed) ??
    nearer(layer, given, usual(layer, given, fixed), shapes, fixed)
  return found && needed(layer, given, found, shapes)
}

/** Options on the way to those that fit. */
interface State {
  readonly changes: Changes
  readonly misfit: number
  /** one step has come no nearer, as where two options give one axis between them */
  readonly aside: boolean
}

/**
 * Goes on from these changes, an option at a time, until all fits. Every step comes nearer, or is the
 * only one in a row that does not.
 */
function nearer(
  layer: Layer,
  given: GivenOptions,
  changes: Changes,
  shapes: Shapes,
  fixed: readonly string[],
): Changes | undefined {
  const sizes = sizesIn(shapes)
  const seen = new Set<string>()
  const start = { ...given, ...changes }
  let nearest: State[] = [{ changes, misfit: misfitOf(layer, start, shapes), aside: false }]
  while (nearest.length > 0) {
    const found = nearest.find(({ changes, misfit }) => {
      return misfit === 0 && isSound(layer, { ...given, ...changes })
    })
    if (found) return found.changes
    const further = nearest.flatMap(({ changes, misfit, aside }) =>
      neighbours(layer, { ...given, ...changes }, shapes, sizes, fixed).flatMap(([key, value]) => {
        const next = { ...changes, [key]: value }
        const name = nameOf(next)
        if (seen.has(name)) return []
        const left = misfitOf(layer, { ...given, ...next }, shapes)
        if (
          left > misfit ||
          (left === misfit &&
            (aside || sameShapes(layer, { ...given, ...changes }, { ...given, ...next })))
        )
          return []
        seen.add(name)
        return [{ changes: next, misfit: left, aside: left === misfit }]
      }),
    )
    // of two ways as near, the one that lets stand what was given
    const contrary = ({ changes }: State) =>
      Object.keys(changes).filter((key) => key in given).length
    further.sort((a, b) => a.misfit - b.misfit || contrary(a) - contrary(b))
    nearest = further.slice(0, FOLLOWED)
  }
  return undefined
}

/** Every option that may change, as it is where none is given. */
function usual(layer: Layer, given: GivenOptions, fixed: readonly string[]): Changes {
  const kept = Object.entries(given).filter(([key]) => fixed.includes(key))
  const config: GivenOptions = resolve(layer.options, Object.fromEntries(kept))
  return Object.fromEntries(Object.entries(config).filter(([key]) => !fixed.includes(key)))
}

/** The changes without those that it fits as well without. */
function needed(layer: Layer, given: GivenOptions, changes: Changes, shapes: Shapes): Changes {
  let rest = changes
  for (const key of Object.keys(changes)) {
    const { [key]: _, ...others } = rest
    const without = { ...given, ...others }
    if (misfitOf(layer, without, shapes) === 0 && isSound(layer, without)) rest = others
  }
  return rest
}

/** The flags that make these changes: those to add, and those to leave out. */
export function flagsOf(layer: Layer, changes: Changes): { add: string[]; leave: string[] } {
  const keys = Object.keys(layer.options).filter((key) => key in changes)
  const leave = keys.filter((key) => changes[key] === true).map((key) => `--no-${key}`)
  const add = keys.flatMap((key) => {
    const value = changes[key]
    if (value === true) return []
    return value === false ? [`--no-${key}`] : [flagOf(key), written(value)]
  })
  return { add, leave }
}

/** One option changed, to a value that the shapes suggest. */
function neighbours(
  layer: Layer,
  given: GivenOptions,
  shapes: Shapes,
  sizes: readonly number[],
  fixed: readonly string[],
): [key: string, value: unknown][] {
  const config: GivenOptions = resolve(layer.options, given)
  const numbers = Object.values(config).filter((value) => typeof value === 'number')
  const counts = [
    ...sizes,
    ...sizes.flatMap((size) => sizes.map((other) => Math.floor(size / other))),
    ...sizes.flatMap((size) => numbers.map((other) => size * other)),
  ]
  const pairs = Object.values(shapes).map(({ shape }) => shape.slice(-2))
  const candidates = { number: counts, boolean: [true, false], object: pairs }
  return Object.entries(layer.options as OptionTable).flatMap(([key, option]) => {
    const value = config[key]
    if (fixed.includes(key)) return []
    const tried = candidates[typeof value as keyof typeof candidates] ?? []
    const values = new Map(tried.map((each) => [written(each), option.read(each)]))
    values.delete(written(value))
    return [...values.values()]
      .filter((each) => each !== undefined)
      .map((each): [string, unknown] => [key, each])
  })
}

/** The sizes of all axes, each once, the most frequent ones first. */
function sizesIn(shapes: Shapes): number[] {
  const counts = new Map<number, number>()
  for (const { shape } of Object.values(shapes))
    for (const size of shape) counts.set(size, (counts.get(size) ?? 0) + 1)
  const ordered = [...counts].sort(([, a], [, b]) => b - a).map(([size]) => size)
  return ordered.slice(0, MOST_SIZES)
}

function nameOf(changes: Changes): string {
  return Object.keys(changes)
    .sort()
    .map((key) => `${key} ${written(changes[key])}`)
    .join(', ')
}
