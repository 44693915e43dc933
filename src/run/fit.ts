// Which options of a layer would give it parameters of these shapes. Nothing is known here of any
// one layer: options are changed, and its own parameters held against the shapes.
import { UsageError } from '../base/errors.ts'
import { flagOf, type OptionTable, resolve, written } from '../base/options.ts'
import type { Layer } from '../layers/layer.ts'
import type { Shape } from '../tensor/tensor.ts'

type GivenOptions = Readonly<Record<string, unknown>>
type Shapes = Readonly<Record<string, { readonly shape: Shape }>>

/** Sets of options that are followed up at a time, the nearest ones. */
const FOLLOWED = 12
/** Options that are changed one after the other: a few more than layers have. */
const MOST_STEPS = 12
/** Different sizes that are tried as values; layers have fewer. */
const MOST_SIZES = 24
/** No options give a layer so many times the tensors: a file of more is not looked into. */
const MOST_TIMES = 4
/** Rows and columns of an input that any kernel fits. */
const ROOMY = 2 ** 30

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

/**
 * Goes on from these changes, an option at a time and never farther, until all fits. Two options may
 * have to change together, as channels and their groups: then the first brings nothing by itself.
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
  let nearest = [{ changes, misfit: misfitOf(layer, { ...given, ...changes }, shapes) }]
  for (let steps = 0; nearest.length > 0 && steps <= MOST_STEPS; steps++) {
    const found = nearest.find(({ changes, misfit }) => {
      return misfit === 0 && isSound(layer, { ...given, ...changes })
    })
    if (found) return found.changes
    const further = nearest.flatMap(({ changes, misfit }) =>
      neighbours(layer, { ...given, ...changes }, shapes, sizes, fixed).flatMap(([key, value]) => {
        const next = { ...changes, [key]: value }
        const name = nameOf(next)
        if (seen.has(name)) return []
        seen.add(name)
        const left = misfitOf(layer, { ...given, ...next }, shapes)
        return left <= misfit ? [{ changes: next, misfit: left }] : []
      }),
    )
    // of two ways as near, the one that lets stand what was given
    const contrary = ({ changes }: { readonly changes: Changes }) =>
      Object.keys(changes).filter((key) => key in given).length
    further.sort((a, b) => a.misfit - b.misfit || contrary(a) - contrary(b))
    const [best] = nearest
    const nearer = further.filter(({ misfit }) => misfit < (best?.misfit ?? 0))
    nearest = (nearer.length > 0 ? nearer : further).slice(0, FOLLOWED)
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

/** Whether twice as many input channels in twice as many groups have the same shapes. */
export function tellsQuotientOnly(layer: Layer, given: GivenOptions, shapes: Shapes): boolean {
  const { in: channels, groups } = resolve(layer.options, given)
  const doubled = { ...given, in: 2 * channels, groups: 2 * groups }
  return misfitOf(layer, doubled, shapes) === 0
}

/** How far the parameters are from the shapes: axes that differ, and tensors too many or too few. */
function misfitOf(layer: Layer, given: GivenOptions, shapes: Shapes): number {
  const specs = new Map(
    layer.parameters(resolve(layer.options, given)).map((spec) => [spec.name, spec]),
  )
  let misfit = 0
  for (const { name, shape, optional } of specs.values()) {
    const found = shapes[name]?.shape
    if (found?.length === shape.length)
      misfit += shape.filter((size, axis) => size !== found[axis]).length
    else if (found || !optional) misfit += 1 + shape.length
  }
  for (const [name, { shape }] of Object.entries(shapes))
    if (!specs.has(name)) misfit += 1 + shape.length
  return misfit
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

/** Whether the layer takes these options, on an input that has room for any kernel. */
function isSound(layer: Layer, given: GivenOptions): boolean {
  try {
    const config = resolve(layer.options, given)
    layer.check(config, [1, config.in, ROOMY, ROOMY])
    return true
  } catch (error) {
    if (error instanceof UsageError) return false
    throw error
  }
}

function nameOf(changes: Changes): string {
  return Object.keys(changes)
    .sort()
    .map((key) => `${key} ${written(changes[key])}`)
    .join(', ')
}
