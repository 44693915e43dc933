// What is trained for the claims, and kept in recorded.json: `npm run claims` makes it anew.
import { type Experiment, modelsOf } from '../training/experiment.ts'
import { experiments } from '../training/index.ts'

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
  const models = [...experiment.models, ...(further[experiment.name] ?? [])]
  return { experiment, models, command: studyCommand(experiment, models) }
})

/** Arguments that train these models: the experiment as it is, if they are among its own. */
export function studyCommand(experiment: Experiment, models: readonly string[]): string {
  const named = modelsOf(experiment).filter((name) => models.includes(name))
  const own = named.every((name) => experiment.models.includes(name))
  return `experiment ${experiment.name}${own ? '' : ` --models ${named.join(',')}`}`
}
