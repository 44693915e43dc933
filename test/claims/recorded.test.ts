// The recorded results are those of the studies that the claims name, and a sample of them is
// trained again: one run a study.
import { describe, expect, test } from 'vitest'
import { type RecordedStudy, recordOf } from '../../src/claims/record.ts'
import { studyPlans } from '../../src/claims/studies.ts'
import { drawImages } from '../../src/training/data/index.ts'
import { usualSeeds } from '../../src/training/experiment.ts'
import { simdKernels } from '../../src/training/gradients/simd/simd-kernels.ts'
import { modelNamed } from '../../src/training/models.ts'
import { trainModel } from '../../src/training/optimisation/training-run.ts'
import { digitSource } from '../training/source.ts'

const kernels = simdKernels()

/** How far two correct engines may part in one seed: rounding decides some early steps. */
const tolerance = { filter: 0.005, digits: 0.01, glyphs: 0.02 }

describe.each(studyPlans.map((plan, at) => ({ name: plan.experiment.name, plan, at })))(
  '$name',
  ({ plan, at }) => {
    const { experiment, models, command } = plan
    const record = recordOf(experiment) as RecordedStudy

    test('every model has every seed on every test set', () => {
      expect(record.command).toBe(command)
      expect(record.seeds).toEqual([...Array(usualSeeds).keys()])
      expect(Object.keys(record.models)).toEqual(models)
      for (const sets of Object.values(record.models)) {
        expect(Object.keys(sets)).toEqual(experiment.tests.map(({ name }) => name))
        for (const metrics of Object.values(sets)) expect(metrics).toHaveLength(usualSeeds)
      }
    })

    test('one of its runs again', () => {
      const sample = ['S', 'D4'][at % 2] as string
      const seed = record.seeds[(3 * at) % record.seeds.length] as number
      const model = modelNamed(sample)
      const images = drawImages(experiment, seed, digitSource, model.data)
      const { metrics } = trainModel(experiment, model, seed, images, kernels)
      for (const { name } of experiment.tests) {
        const kept = record.models[sample]?.[name]?.[record.seeds.indexOf(seed)] as number
        const difference = Math.abs((metrics[name] as number) - kept)
        expect(difference, name).toBeLessThanOrEqual(tolerance[experiment.network])
      }
    })
  },
)
