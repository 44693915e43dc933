import type { Check, Claim } from '../../layers/explanation.ts'
import type { Trace } from '../trace.ts'

/** Every claim of a layer's explanations that says something about this run, by step. */
export function checkClaims(
  trace: Trace,
  explanations: Readonly<Record<string, { readonly checks?: readonly Check[] }>>,
): Readonly<Record<string, readonly Claim[]>> {
  return Object.fromEntries(
    trace.steps.map(({ id }) => [
      id,
      (explanations[id]?.checks ?? []).flatMap((check) => check(trace) ?? []),
    ]),
  )
}
