// What a layer says of each of its steps in explain mode, beyond what follows from the trace: the
// step's formula, its numbers and its picture need no words here. A layer has them for every
// step and in every language, or it does not compile.
import type { PhraseText, Text } from '../text.ts'
import type { Trace } from '../trace/trace.ts'

/** A statement, and whether it held on the run that it was checked on. */
export interface Claim {
  readonly text: PhraseText
  readonly holds: boolean
}

/** Checks a statement on a run; undefined where it says nothing about that run. */
export type Check = (trace: Trace) => Claim | undefined

export interface Explanation {
  /** the line of the PyTorch program that does this */
  readonly torch: string | ((trace: Trace) => string)
  /** what happens and why, in a few sentences */
  readonly why: Text | ((trace: Trace) => Text)
  readonly checks?: readonly Check[]
  /** what people get wrong here, and the arguments of `convlab` that demonstrate it */
  readonly trap?: Text & { readonly more?: string }
}

/** @typeParam StepId the ids of the layer's steps */
export type Explanations<StepId extends string = string> = Readonly<Record<StepId, Explanation>>
