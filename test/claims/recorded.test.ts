// The recorded results are those of the studies that the claims name.
import { expect, test } from 'vitest'
import { type RecordedStudy, recordOf } from '../../src/claims/record.ts'
import { studyPlans } from '../../src/claims/studies.ts'
import { usualSeeds } from '../../src/training/experiment.ts'

test.each(studyPlans.map((plan) => ({ name: plan.experiment.name, ...plan })))(
  'the record of $name has every model, every seed and every test set',
  (plan) => {
    const { experiment, models, command } = plan
    const record = recordOf(experiment) as RecordedStudy
    expect(record.command).toBe(command)
    expect(record.seeds).toEqual([...Array(usualSeeds).keys()])
    expect(Object.keys(record.models)).toEqual(models)
    for (const sets of Object.values(record.models)) {
      expect(Object.keys(sets)).toEqual(experiment.tests.map(({ name }) => name))
      for (const metrics of Object.values(sets)) expect(metrics).toHaveLength(usualSeeds)
    }
  },
)
