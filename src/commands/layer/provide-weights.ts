// --weights FILE: the parameters that a layer takes from disk.
import { readParts } from '../../cli/disk.ts'
import type { ByteSource } from '../../files/source.ts'
import type { Layer } from '../../layers/layer.ts'
import { checkRun } from '../../run/plan.ts'
import type { ProvidedInput, ProvidedWeights, Values, WeightsOutline } from '../../run/provided.ts'

/** The names of an array behind these prefixes alone count as weights, if there are any. */
export const PARAMETERS = 'param/'

/** Those weights of a file that the layer has; what it is refused for is known from the shapes. */
export async function weightsOf(
  path: string,
  layer: Layer,
  given: Readonly<Record<string, unknown>>,
  input: ProvidedInput | undefined,
): Promise<ProvidedWeights> {
  const open = /\.npz$/i.test(path) ? await npzWeights() : await safetensorsWeights()
  const { read: _, ...outline } = readParts('--weights', path, open)
  const weights = { source: path, ...outline }
  const { config } = checkRun(layer, given, { ...(input && { input }), weights })
  const names = new Set(layer.parameters(config).map(({ name }) => name))
  const wanted = Object.keys(outline.tensors).filter((name) => names.has(name))
  const tensors = readParts('--weights', path, (source) => open(source).read(wanted))
  return { ...weights, tensors }
}

/** What is known of a file of weights by its beginning or end, and the reading of those wanted. */
type OpenWeights = (source: ByteSource) => Omit<WeightsOutline, 'source'> & {
  read(names: readonly string[]): Readonly<Record<string, Values>>
}

async function safetensorsWeights(): Promise<OpenWeights> {
  const { partsOfSafetensors } = await import('../../files/safetensors.ts')
  return (source) => {
    const { shapes, metadata, read } = partsOfSafetensors(source)
    const { temperature } = metadata
    return { tensors: shapes, read, ...(temperature !== undefined && { temperature }) }
  }
}

/** All arrays, or if it is a saved trace, those that are parameters. */
async function npzWeights(): Promise<OpenWeights> {
  const { partsOfNpz } = await import('../../files/npz-parts.ts')
  return (source) => {
    const { names, shapeOf, read } = partsOfNpz(source)
    const marked = names.filter((name) => name.startsWith(PARAMETERS))
    const prefix = marked.length > 0 ? PARAMETERS : ''
    const bare = (marked.length > 0 ? marked : names).map((name) => name.slice(prefix.length))
    return {
      tensors: Object.fromEntries(bare.map((name) => [name, { shape: shapeOf(prefix + name) }])),
      read(wanted) {
        const arrays = read(wanted.map((name) => prefix + name))
        return Object.fromEntries(wanted.map((name) => [name, arrays[prefix + name] as Values]))
      },
    }
  }
}
