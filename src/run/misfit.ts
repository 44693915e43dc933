// How far a layer's parameters, with these options, are from tensors of given names and shapes.
import { UsageError } from '../base/errors.ts'
import { resolve } from '../base/options.ts'
import type { Layer } from '../layers/layer.ts'
import type { Shape } from '../tensor/tensor.ts'

/** Options by key; what is not given is as usual. */
export type GivenOptions = Readonly<Record<string, unknown>>
export type Shapes = Readonly<Record<string, { readonly shape: Shape }>>

/** Rows and columns of an input that any kernel fits. */
const ROOMY = 2 ** 30

/** How far the parameters are from the shapes: axes that differ, and tensors too many or too few. */
export function misfitOf(layer: Layer, given: GivenOptions, shapes: Shapes): number {
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

/** Whether twice as many input channels in twice as many groups have the same shapes. */
export function tellsQuotientOnly(layer: Layer, given: GivenOptions, shapes: Shapes): boolean {
  const { in: channels, groups } = resolve(layer.options, given)
  const doubled = { ...given, in: 2 * channels, groups: 2 * groups }
  return misfitOf(layer, doubled, shapes) === 0
}

/** Whether both have parameters of the same shapes. */
export function sameShapes(layer: Layer, one: GivenOptions, other: GivenOptions): boolean {
  const [first, second] = [one, other].map((given) => {
    const parameters = layer.parameters(resolve(layer.options, given))
    return parameters.map(({ name, shape }) => `${name} ${shape}`).join()
  })
  return first === second
}

/** Whether the layer takes these options, on an input that has room for any kernel. */
export function isSound(layer: Layer, given: GivenOptions): boolean {
  try {
    const config = resolve(layer.options, given)
    layer.check(config, [1, config.in, ROOMY, ROOMY])
    return true
  } catch (error) {
    if (error instanceof UsageError) return false
    throw error
  }
}
