// The contract of a layer: everything the program asks of one. Commands, flags, help, JSON and
// every other way of showing follow from it, so a new layer is a folder and a line in index.ts.
import type { ConfigOf, OptionTable } from '../base/options.ts'
import type { Text } from '../base/text.ts'
import type { Initialiser } from '../random/initialisers.ts'
import type { Shape, Tensor } from '../tensor/tensor.ts'
import type { Parameters, StepText, Trace, Tracer } from '../trace/trace.ts'
import type { Explanations } from './explanation.ts'
import type { NetworkUse } from './network-use.ts'

/** A tensor of the state_dict: its name there and how PyTorch draws its first values. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: Shape
  readonly init: Initialiser
  /** kept beside the learnt ones, not learnt itself: it counts for no cost */
  readonly buffer?: true
  /** may be absent from a state_dict, as PyTorch takes it: it has its first values then */
  readonly optional?: true
}

/** What the article's own program prints, and the error that stops it, if one does. */
export interface Article {
  readonly lines: readonly string[]
  readonly error?: string
}

/**
 * @typeParam Options the layer's options; they make its configuration
 * @typeParam StepId the ids of its steps, in order; they are public: scripts rely on them
 */
export interface Layer<Options extends OptionTable = OptionTable, StepId extends string = string> {
  readonly name: string
  readonly title: Text
  readonly summary: Text
  /** where the layer was published */
  readonly paper?: string
  readonly options: Options
  readonly steps: Readonly<Record<StepId, StepText>>

  /**
   * Refuses what the options alone cannot: a kernel that does not fit, groups that do not divide.
   * @throws {UsageError}
   */
  check(config: ConfigOf<Options>, inputShape: Shape): void
  /**
   * Every draw, in the order PyTorch makes it. A name that stands twice is drawn twice: the last
   * values count, but the stream has moved on, and the parameter keeps its first place.
   */
  parameters(config: ConfigOf<Options>): readonly ParameterSpec[]
  /** (B, C, H, W) -> (B, O, H', W'), recording every step. */
  forward(
    config: ConfigOf<Options>,
    parameters: Parameters,
    x: Tensor,
    trace: Tracer<StepId>,
  ): Tensor
  /** Lines of Python that define `layer`, run it on `x` as `output` and show every step. */
  torch(config: ConfigOf<Options>): string
  /** What to say of each step in explain mode; loaded when asked for. */
  explain(): Promise<Explanations<StepId, ConfigOf<Options>>>
  /** Only for layers that the article prints. */
  article?(trace: Trace<ConfigOf<Options>>): Article
  /** How papers put it in networks; without, it stands in every convolution of the blocks. */
  readonly count?: NetworkUse
  /** The layer whose cost this one's is measured against, in the same geometry. */
  readonly baseline?: Layer
}
