// A learner's code run on some inputs, contained: what becomes of it.
import type { Printed } from './question.ts'
import type { Value } from './values.ts'

/** What became of a call: its value, or what it threw. */
export type Called = { readonly value: Value } | { readonly error: string; readonly line?: number }

/** What became of a file that was run. */
export type CodeRun =
  | { readonly status: 'done'; readonly calls: readonly Called[]; readonly output: Printed }
  | { readonly status: 'missing' | 'timeout' | 'memory' }
  | { readonly status: 'broken'; readonly error: string; readonly line?: number }

/** Runs a file's function on these inputs, contained. */
export type RunCode = (
  source: string,
  name: string,
  inputs: readonly (readonly Value[])[],
) => Promise<CodeRun>
