// What a stranger writes against the published types, under the strictest options.
import {
  type Layer,
  type LayerName,
  layers,
  manualSeed,
  prepareForward,
  runLayer,
  type Trace,
  UsageError,
} from 'convlab'

const trace: Trace = runLayer('dynamic', { kernels: 4, batch: 2, padding: 'same', seed: 7n })
const shapes: readonly (readonly number[])[] = trace.steps.map(({ shape }) => shape)
const attention: Float32Array | undefined = trace.steps.find(({ id }) => id === 'attention')?.values
const names: LayerName[] = Object.keys(layers) as LayerName[]
const titles: string[] = Object.values(layers).map(({ title }) => title.zh)
const draws: Float32Array = manualSeed(0).randn(4)
const again: Float32Array = prepareForward(trace)(manualSeed(1).randn(2 * 3 * 32 * 32)).data

export type { Layer }

// @ts-expect-error: no layer has that name
const unknownLayer = () => runLayer('dynamical')
// @ts-expect-error: the static layer has no kernels to mix
const foreignOption = () => runLayer('static', { kernels: 4 })

try {
  runLayer('static', { groups: 2 })
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  const text: string = error.text.en
  console.log(text)
}
console.log(
  shapes.length,
  attention?.length,
  names,
  titles,
  draws,
  again,
  unknownLayer,
  foreignOption,
)
