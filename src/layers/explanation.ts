// What a layer says of each of its steps in explain mode, beyond what follows from the trace: the
// step's formula, its numbers and its picture need no words here. A layer has them for every
// step and in every language, or it does not compile.
import type { AnyConfig } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import type { Check } from '../trace/checks/check-claims.ts'
import type { Trace } from '../trace/trace.ts'

/** The same for every run, or made for one. A method, so that one layer's words pass for any layer's. */
type PerRun<T, Config extends AnyConfig> = T | { of(trace: Trace<Config>): T }['of']

/** @typeParam Config the layer's configuration */
export interface Explanation<Config extends AnyConfig = AnyConfig> {
  /** the line of the PyTorch program that does this */
  readonly torch: PerRun<string, Config>
  /** what happens and why, in a few sentences */
  readonly why: PerRun<Text, Config>
  readonly checks?: readonly Check[]
  /** what people get wrong here, and the arguments of `convlab` that demonstrate it */
  readonly trap?: Text & { readonly more?: string }
}

/** @typeParam StepId the ids of the layer's steps */
export type Explanations<
  StepId extends string = string,
  Config extends AnyConfig = AnyConfig,
> = Readonly<Record<StepId, Explanation<Config>>>
