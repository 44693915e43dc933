// The experiments, from the one to understand with to those that ask about transformations.
import { unknownName } from '../base/unknown.ts'
import type { Experiment } from './experiment.ts'
import { digits, digitsPolarity, digitsRotation } from './tables/digits.ts'
import { filter } from './tables/filter.ts'
import {
  polarity,
  rotation,
  scale,
  scaleGeneralisation,
  scaleHidden,
  shift,
  upright,
} from './tables/glyphs.ts'

export const experiments: readonly Experiment[] = [
  filter,
  scale,
  scaleHidden,
  scaleGeneralisation,
  rotation,
  polarity,
  upright,
  shift,
  digits,
  digitsPolarity,
  digitsRotation,
]

/** @throws {UsageError} if there is no experiment of that name */
export function experimentNamed(name: string): Experiment {
  const experiment = experiments.find((each) => each.name === name)
  if (experiment) return experiment
  const names = experiments.map((each) => each.name)
  throw unknownName({ en: 'experiment', zh: '实验' }, name, names)
}
