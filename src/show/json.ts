// A trace as JSON, schema 1: in pieces, since a trace can be larger than a string may be.
import type { Language } from '../base/text.ts'
import { statsOf } from '../trace/stats.ts'
import type { Step, Trace, ValueStep } from '../trace/trace.ts'
import { isWindow } from '../trace/window.ts'
import { float32Text } from './float32.ts'

/** Values up to this many are always written. */
const ALWAYS = 64
/** Values in one piece of text. */
const PIECE = 4096

export interface JsonOptions {
  readonly version: string
  readonly language: Language
  /** write every value, however many */
  readonly values: boolean
  /** one output value worked out, to stand behind the steps of the pass */
  readonly window?: ValueStep
}

/** The pieces of the document, in order; they end in a line break. */
export function* renderJson(trace: Trace, options: JsonOptions): Generator<string> {
  const { layer, config, seed, input, weights, engine, parameters, steps, cost } = trace
  yield '{\n'
  yield `  "schema": 1,\n  "convlab": ${JSON.stringify(options.version)},\n`
  yield `  "layer": ${JSON.stringify(layer)},\n  "config": ${JSON.stringify(config)},\n`
  const notes = input.notes?.map((note) => note[options.language])
  yield `  "seed": ${JSON.stringify(seed)},\n  "input": ${JSON.stringify({ ...input, notes })},\n`
  if (weights) yield `  "weights": ${JSON.stringify(weights)},\n`
  yield `  "engine": ${JSON.stringify(engine)},\n`
  yield '  "parameters": '
  yield* list(parameters, ({ values, ...fields }) => object(fields, values, options))
  yield ',\n  "steps": '
  const shown = options.window ? [...steps, options.window] : steps
  yield* list(shown, (step) => object(describe(step, options.language), step.values, options))
  yield `,\n  "cost": ${JSON.stringify(cost)}\n}\n`
}

function describe(step: Step | ValueStep, language: Language): Record<string, unknown> {
  const { id, kind, op, attributes, title, formula, from, shape, values } = step
  const stats = Object.entries(statsOf(values)).map(([name, value]) => [name, finite(value)])
  return {
    id,
    kind,
    op,
    attributes,
    title: title[language],
    formula: formula.en,
    from,
    shape,
    stats: Object.fromEntries(stats),
    ...(step.kind === 'window' && workedOut(step)),
  }
}

/** Every number of an output value; tensors are flat, of the step's shape. */
function workedOut(step: ValueStep): Record<string, unknown> {
  const { at, total } = step
  if (!isWindow(step)) return { at, total: float32(total) }
  const { reads, patch, kernel, products, sums, bias, scale, followed, convolved } = step
  return {
    at,
    reads,
    patch: Array.from(patch, float32),
    kernel: Array.from(kernel, float32),
    products: Array.from(products, finite),
    sums: sums.map(finite),
    bias: float32(bias),
    ...(scale !== undefined && { scale: float32(scale) }),
    ...(followed && { followed }),
    ...(convolved !== undefined && { convolved: float32(convolved) }),
    total: float32(total),
  }
}

/** A float32 that is written as its shortest text. */
function float32(value: number): number | string {
  return JSON.parse(float32Text(value))
}

/** JSON has no form for other numbers. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

function* list<T>(items: readonly T[], write: (item: T) => Iterable<string>): Generator<string> {
  yield '['
  for (const [n, item] of items.entries()) {
    yield n === 0 ? '\n    ' : ',\n    '
    yield* write(item)
  }
  yield '\n  ]'
}

/** One object on a line: its fields, then its values or how many were left out. */
function* object(
  fields: Record<string, unknown>,
  values: Float32Array,
  options: JsonOptions,
): Generator<string> {
  yield `${JSON.stringify(fields).slice(0, -1)}, `
  if (!options.values && values.length > ALWAYS) {
    yield `"elided": ${values.length}}`
    return
  }
  yield '"values": ['
  for (let start = 0; start < values.length; start += PIECE) {
    const piece = Array.from(values.subarray(start, start + PIECE), float32Text)
    yield (start === 0 ? '' : ',') + piece.join(',')
  }
  yield ']}'
}
