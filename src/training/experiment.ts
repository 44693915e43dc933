// An experiment: data, models and questions as a table. Training, statistics, pages and programs
// are made from it; none of them asks which experiment it is.
import type { Text } from '../base/text.ts'

/** What images are drawn, and how they vary. */
export type Data =
  | {
      readonly kind: 'glyphs'
      /** pixels a side of every bitmap pixel; one of them is drawn an image */
      readonly scales: readonly number[]
      /** turned by a random number of quarter turns */
      readonly rotated?: boolean
      /** dark ink on light ground for half of the images */
      readonly inverted?: boolean
      /** in the middle instead of at a random place */
      readonly centred?: boolean
      /** the image's mean taken off every pixel */
      readonly zeroMean?: boolean
    }
  | { readonly kind: 'digits'; readonly rotated?: boolean; readonly inverted?: boolean }
  /** noise filtered by one of four filters; whether a plane of the input says by which */
  | { readonly kind: 'filter'; readonly cue: boolean }

/** What varies between images and is known of each besides its class. */
export type Cue = 'scale' | 'turns' | 'polarity' | 'filter'

/** Images on which a trained network is measured. */
export interface TestSet {
  /** its key in JSON; the first of an experiment is `test` */
  readonly name: string
  readonly title: Text
  readonly data: Data
  /** its generator's seed is 1000 (s + 1) + offset, for seed index s; 1 shares the training stream */
  readonly offset: 1 | 2 | 12 | 22
}

export type TrainingNetworkName = 'glyphs' | 'digits' | 'filter'

/** Two models, and what their difference answers. */
export interface ComparisonQuestion {
  readonly id: string
  readonly title: Text
  readonly a: string
  readonly b: string
}

export interface Experiment {
  readonly name: string
  readonly title: Text
  /** what is asked, in a sentence or two */
  readonly about: Text
  readonly network: TrainingNetworkName
  readonly train: Data
  readonly tests: readonly [TestSet, ...TestSet[]]
  /** what attention could tell by; none where nothing but the class varies */
  readonly cue?: Cue
  /** the models trained unless others are asked for, in the order of the table */
  readonly models: readonly string[]
  /** models that can be asked for besides */
  readonly further: readonly string[]
  /** what --quick trains */
  readonly quick: { readonly models: readonly string[]; readonly seeds: number }
  /** asked where both models were trained; separate lines, never merged */
  readonly questions: readonly ComparisonQuestion[]
  /** what a learner should take away, whatever the figures say */
  readonly takeaway: readonly Text[]
}

/** Every model of an experiment, in the order of its table. */
export function modelsOf({ models, further }: Experiment): readonly string[] {
  return [...models, ...further]
}

/** Seed indices 0 to this many minus 1, unless others are asked for. */
export const usualSeeds = 10

/** Where the streams of a seed index start: generator seed 1000 (s + 1) + offset. */
export const offsets = { train: 1, initialisation: 3, shuffles: 4 } as const

/** The seed of the generator that shuffles attention between test images. */
export const permutationSeed = 7

/** Entropy is measured on so many of the test images, the first ones. */
export const watchedImages = 500

/** The generator seed of a stream of seed index s. */
export function seedOf(seedIndex: number, offset: number): number {
  return 1000 * (seedIndex + 1) + offset
}
