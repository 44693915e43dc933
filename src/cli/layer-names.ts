// Layers where a command takes any of them: their names, and all their options.
import type { OptionTable } from '../base/options.ts'
import { unknownName } from '../base/unknown.ts'
import { geometryOptions } from '../layers/geometry-options.ts'
import { type LayerName, layers } from '../layers/index.ts'

export const layerNames = Object.keys(layers) as LayerName[]

/** Every option that some layer has, as the first one has it. */
export const everyOption: OptionTable = {
  ...Object.assign({}, ...layerNames.map((name) => layers[name].options).reverse()),
  ...geometryOptions(1),
}

/** @throws {UsageError} if no layer has that name */
export function layerNamed(name: string): LayerName {
  const found = layerNames.find((each) => each === name)
  if (found) return found
  throw unknownName({ en: 'layer', zh: '层' }, name, layerNames)
}
