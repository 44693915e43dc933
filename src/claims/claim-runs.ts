// The runs that claims about the layer are held to.
import { layers } from '../layers/index.ts'
import { compareLayers, planComparison } from '../run/compare.ts'
import { runOptions } from '../run/plan.ts'
import type { Trace } from '../trace/trace.ts'
import { judgeClaims } from './article-claims.ts'
import { verdictIf } from './claim.ts'

export const dynamic = layers.dynamic
const fixed = layers.static

/** Samples that differ. */
export const varied = { batch: 4, input: 'varied' } as const

/** The article's two layers side by side, on samples that differ. */
export const comparison = 'compare static dynamic --batch 4 --input varied'

function compared() {
  const entrants = planComparison([fixed, dynamic], { ...varied, padding: 1 }, runOptions)
  return judgeClaims(compareLayers(entrants))
}

/** What the comparison says of one layer. */
export function evidenceOf(
  id: ReturnType<typeof compared>[number]['id'],
  layer: 'static' | 'dynamic',
) {
  const found = compared().find((claim) => claim.id === id)
  const evidence = found?.evidence.find((each) => each.layer === layer)
  if (evidence === undefined) throw new RangeError(`the comparison says nothing of ${id}`)
  return { evidence, verdict: verdictIf(evidence.holds === true) }
}

/** The run's parameters, for another run to take. */
export function parametersOf(trace: Trace) {
  const tensors = Object.fromEntries(
    trace.parameters.map(({ name, shape, values }) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  )
  return { source: 'the batch', tensors }
}
