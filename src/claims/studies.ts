// What is trained for the claims, and kept in recorded.json: `npm run claims` makes it anew.
import type { Experiment } from '../experiments/experiment.ts'
import { experiments } from '../experiments/index.ts'

/** Models trained besides the experiment's own, for claims about temperature and gates. */
const further: Readonly<Record<string, readonly string[]>> = {
  scale: ['D4-T1', 'D4-T30', 'SE'],
  digits: ['D4-T1', 'D4-T30', 'SE'],
}

export interface StudyPlan {
  readonly experiment: Experiment
  readonly models: readonly string[]
  /** arguments of `convlab` that train just this */
  readonly command: string
}

/** One for every experiment. */
export const studyPlans: readonly StudyPlan[] = experiments.map((experiment) => {
  const more = further[experiment.name] ?? []
  const models = [...experiment.models, ...more]
  const flag = more.length > 0 ? ` --models ${models.join(',')}` : ''
  return { experiment, models, command: `experiment ${experiment.name}${flag}` }
})

/** What is trained of an experiment. */
export function planOf({ name }: Experiment): StudyPlan {
  const plan = studyPlans.find(({ experiment }) => experiment.name === name)
  if (plan === undefined) throw new RangeError(`no study of ${name}`)
  return plan
}
