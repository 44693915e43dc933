// The library: the same layers, trace and random stream as the program.
import { isRecord, refusal, shownValue } from './base/given.ts'
import { unknownName } from './base/unknown.ts'
import type { OptionsOf } from './layers/index.ts'
import { type LayerName, layers } from './layers/index.ts'
import type { Layer } from './layers/layer.ts'
import type { Given } from './run/plan.ts'
import type { Provided } from './run/provided.ts'
import { traceLayer } from './run/run.ts'
import type { Trace } from './trace/trace.ts'

export { UsageError } from './base/errors.ts'
export type { Language, Text } from './base/text.ts'
export { type Generator, manualSeed } from './random/generator.ts'
export { prepareForward } from './run/prepared.ts'
export type { Provided, ProvidedInput, ProvidedWeights, Values } from './run/provided.ts'
export type { Shape, Tensor } from './tensor/tensor.ts'
export type { Cost } from './trace/parts.ts'
export type { Step, Trace } from './trace/trace.ts'
export { type Layer, type LayerName, layers }

/**
 * Runs a layer once on seeded random input and returns the trace of its steps.
 *
 * @param layer its name, as on the command line: a key of `layers`
 * @param given any of the layer's options and of batch, size, seed and input, under their config
 *   names; the rest take the command line's defaults
 * @param provided an input or weights to run on, instead of what the seed would draw
 * @returns every step with its shape and float32 values, the parameters and the cost per sample
 * @throws {UsageError} naming what was given, what was expected and how to fix it
 * @example
 * const { steps } = runLayer('dynamic', { kernels: 4, batch: 2, seed: 7 })
 */
export function runLayer<Name extends LayerName>(
  layer: Name,
  given: Given<OptionsOf<Name>> = {},
  provided: Provided = {},
): Trace {
  if (!(typeof layer === 'string' && Object.hasOwn(layers, layer)))
    throw unknownName({ en: 'layer', zh: '层' }, nameOf(layer), Object.keys(layers))
  if (!isRecord(given)) throw refusal(`runLayer('${layer}', ${shownValue(given)})`, options)
  return traceLayer(layers[layer], given, provided)
}

const options = {
  en: 'options as an object, such as { seed: 7 }',
  zh: '写成对象的选项，例如 { seed: 7 }',
}

const nameOf = (given: unknown) => (typeof given === 'string' ? given : shownValue(given))
