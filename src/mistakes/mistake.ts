// A mistake: what people write, run beside its repair. Everything said about it is measured.
import type { PhraseText, Text } from '../base/text.ts'
import type { Shape } from '../tensor/tensor.ts'
import type { LabOptions } from './lab.ts'

/** What an expression gives after a way's code has run, or how PyTorch stops it. */
export type Result =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'count'; readonly value: number }
  /** PyTorch 2.13's own words */
  | { readonly kind: 'error'; readonly message: string }

/** One thing looked at in every way. */
export interface Observation {
  readonly label: Text
  /** the Python expression for it, the same in every way; it runs behind the way's code */
  readonly python: string
  /** one a way, in their order */
  readonly results: readonly Result[]
}

/** A way of writing it. */
export interface CodeVariant {
  /** what it is called, where it is neither what people write nor the repair */
  readonly title?: Text
  /** Python, behind the setup's names: B, C, H, W, out, k, K, groups, x, layer, scores, attention,
   * weight and bias */
  readonly code: string
}

/** What running the ways gave. */
export interface Demonstration {
  /** what happens, in a sentence or two */
  readonly happens: PhraseText
  readonly why: readonly PhraseText[]
  readonly findings: readonly Observation[]
}

/** Where people asked about it. */
export interface Thread {
  readonly repository: string
  readonly number: number
  readonly kind: 'issue' | 'pull request'
}

export interface Mistake {
  readonly name: string
  readonly title: Text
  /** the dynamic layer and the input that it is shown on */
  readonly given: LabOptions
  /** as people write it, perhaps another wrong way, and last the repair */
  readonly ways: readonly [CodeVariant, ...CodeVariant[], CodeVariant]
  readonly asked: readonly Thread[]
  /** arguments of `convlab` that show more of it */
  readonly more?: string
  demonstrate(): Demonstration
}

// --- results ---

export const shapeResult = (sizes: Shape): Result => ({ kind: 'shape', shape: [...sizes] })
export const values = (list: Iterable<number>): Result => ({ kind: 'values', values: [...list] })
export const numberResult = (value: number): Result => ({ kind: 'number', value })
export const count = (value: number): Result => ({ kind: 'count', value })

/** What PyTorch says, or else the result: for code that raises in one way only. */
export function raised(message: string | undefined): Result {
  if (message === undefined) throw new Error('a demonstration expects PyTorch to raise here')
  return { kind: 'error', message }
}
