// A sample of the recorded results is trained again: one run a study.
import { expect, test } from 'vitest'
import { type RecordedStudy, recordOf } from '../../src/claims/record.ts'
import { studyPlans } from '../../src/claims/studies.ts'
import { drawImages } from '../../src/training/data/index.ts'
import { simdKernels } from '../../src/training/gradients/simd/simd-kernels.ts'
import { modelNamed } from '../../src/training/models.ts'
import { trainModel } from '../../src/training/optimisation/training-run.ts'
import { digitSource } from '../training/source.ts'

const kernels = simdKernels()

/** How far two correct engines may part in one seed: rounding decides some early steps. */
const tolerance = { filter: 0.005, digits: 0.01, glyphs: 0.02 }

const samples = studyPlans.map(({ experiment }, at) => {
  const record = recordOf(experiment) as RecordedStudy
  const seed = record.seeds[(3 * at) % record.seeds.length] as number
  return { name: experiment.name, experiment, record, model: at % 2 ? 'D4' : 'S', seed }
})

test.each(samples)('the record of $name: $model, seed $seed, trained again', (sample) => {
  const { experiment, record, seed } = sample
  const model = modelNamed(sample.model)
  const images = drawImages(experiment, seed, digitSource, model.data)
  const { metrics } = trainModel(experiment, model, seed, images, kernels)
  for (const { name } of experiment.tests) {
    const kept = record.models[model.name]?.[name]?.[record.seeds.indexOf(seed)] as number
    const difference = Math.abs((metrics[name] as number) - kept)
    expect(difference, name).toBeLessThanOrEqual(tolerance[experiment.network])
  }
})
