// A claim: what somebody says of dynamic convolution, where it stands, and how it is tested here.
import type { PhraseText, Text } from '../base/text.ts'
import type { Thread } from '../mistakes/mistake.ts'
import type { Publication as Paper } from '../networks/published.ts'
import type { ComparisonQuestion, Experiment } from '../training/experiment.ts'
import type { Difference, Verdict } from '../training/statistics/verdict.ts'
import type { TrainingNetwork } from '../training/training-networks.ts'

export type ClaimSource =
  /** the article that the course goes through, in its own words */
  | { readonly kind: 'article'; readonly quote: string }
  | { readonly kind: 'paper'; readonly paper: Paper }
  | { readonly kind: 'thread'; readonly thread: Thread }
  /** what the layer's users write in their programs */
  | { readonly kind: 'code'; readonly code: string }

/** What one test gave. */
export interface Measurement {
  readonly verdict: Verdict
  /** the figure in words; its numbers are rounded where they are shown */
  readonly words?: PhraseText
  /** or a difference of trained models, by the experiment's question */
  readonly answer?: Answer
}

export interface Answer extends ComparisonQuestion {
  readonly test: string
  readonly metric: TrainingNetwork['metric']
  readonly difference: Difference
}

/** How a claim is tested: by a run that takes no time, or by what training gave and was recorded. */
export type Evidence =
  | {
      readonly kind: 'computed'
      /** arguments of `convlab` that show it */
      readonly command: string
      measure(): Measurement
    }
  | {
      readonly kind: 'trained'
      readonly experiment: Experiment
      measure(): readonly Measurement[]
    }

export interface Claim {
  readonly name: string
  readonly topic: Topic
  /** the claim, so that "holds" and "does not hold" answer it */
  readonly says: Text
  readonly source: ClaimSource
  readonly evidence: Evidence
}

export const topics = {
  layer: { en: 'What the layer is', zh: '这一层是什么' },
  program: { en: 'What programs get wrong', zh: '程序里容易写错的' },
  performance: { en: 'Whether dynamic convolution helps', zh: '动态卷积有没有用' },
  papers: { en: 'What papers print', zh: '论文里的数字' },
} satisfies Record<string, Text>

export type Topic = keyof typeof topics

export const articleSource = (quote: string): ClaimSource => ({ kind: 'article', quote })

/** Holds, or does not: for what is certain once it is computed. */
export function verdictIf(holds: boolean): Verdict {
  return holds ? 'holds' : 'does not hold'
}
