// The contract of a layer: everything the program asks of one. Commands, flags, help, JSON and
// every other way of showing follow from it, so a new layer is a folder and a line in index.ts.
import type { Initialiser } from '../random/initialisers.ts'
import type { Shape, Tensor } from '../tensor/tensor.ts'
import type { PhraseText, Text } from '../text.ts'
import type { Trace, Tracer } from '../trace/trace.ts'
import type { Explanations } from './explanation.ts'
import type { GeometryOptions } from './geometry.ts'
import type { ConfigOf } from './options.ts'

/** Part of what a layer costs. Multiply-adds and additions are per sample. */
export interface CostLine {
  readonly id: 'convolution' | 'attention' | 'aggregation' | 'scaling'
  /** learnt values that belong to this part alone */
  readonly parameters: number
  readonly multiplyAdds: number
  /** additions without a multiplication: pooling's; absent if there are none */
  readonly additions?: number
}

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

/** What a step is called, and what a table says of it beyond its numbers. */
export interface StepText {
  readonly title: Text
  note?(trace: Trace): PhraseText
}

/** What the article's own program prints, and the error that stops it, if one does. */
export interface Article {
  readonly lines: readonly string[]
  readonly error?: string
}

export type Parameters = Readonly<Record<string, Tensor>>

/**
 * @typeParam Options the layer's options; they make its configuration
 * @typeParam StepId the ids of its steps, in order; they are public: scripts rely on them
 */
export interface Layer<
  Options extends GeometryOptions = GeometryOptions,
  StepId extends string = string,
> {
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
  /** The shape of every step that the forward pass will leave, known before anything is computed. */
  shapes(config: ConfigOf<Options>, inputShape: Shape): Readonly<Partial<Record<StepId, Shape>>>
  /**
   * Every draw, in the order PyTorch makes it. A name that stands twice is drawn twice: the last
   * values count, but the stream has moved on, and the parameter keeps its first place.
   */
  parameters(config: ConfigOf<Options>): readonly ParameterSpec[]
  cost(config: ConfigOf<Options>, inputShape: Shape): readonly CostLine[]
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
  explain(): Promise<Explanations<StepId>>
  /** Only for layers that the article prints. */
  article?(trace: Trace): Article
  /** The layer whose cost this one's is measured against, in the same geometry. */
  readonly baseline?: Layer
}

/** Whole cost of a layer: the sums of its lines. */
export function totalCost(lines: readonly CostLine[]): {
  parameters: number
  multiplyAdds: number
} {
  const sum = (pick: (line: CostLine) => number) =>
    lines.reduce((total, line) => total + pick(line), 0)
  return {
    parameters: sum((line) => line.parameters),
    multiplyAdds: sum((line) => line.multiplyAdds),
  }
}
