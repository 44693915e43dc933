import type { PhraseText } from '../../base/text.ts'
import type { Trace } from '../trace.ts'

/** A statement, and whether it held on the run that it was checked on. */
export interface CheckResult {
  readonly text: PhraseText
  readonly holds: boolean
}

/** Checks a statement on a run; undefined where it says nothing about that run. */
export type Check = (trace: Trace) => CheckResult | undefined

/** Every claim of a layer's explanations that says something about this run, by step. */
export function checkClaims(
  trace: Trace,
  explanations: Readonly<Record<string, { readonly checks?: readonly Check[] }>>,
): Readonly<Record<string, readonly CheckResult[]>> {
  return Object.fromEntries(
    trace.steps.map(({ id }) => [
      id,
      (explanations[id]?.checks ?? []).flatMap((check) => check(trace) ?? []),
    ]),
  )
}
