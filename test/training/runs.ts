// What the tests of whole runs share.
import { expect } from 'vitest'
import { drawImages } from '../../src/training/data/index.ts'
import { simdKernels } from '../../src/training/gradients/simd/simd-kernels.ts'
import { experimentNamed } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import { trainModel } from '../../src/training/optimisation/training-run.ts'
import { digitSource } from './source.ts'

export const kernels = simdKernels()

export function trained(name: string, modelName: string, seed: number) {
  const experiment = experimentNamed(name)
  const model = modelNamed(modelName)
  const images = drawImages(experiment, seed, digitSource, model.data)
  return trainModel(experiment, model, seed, images, kernels)
}

export function near(actual: number | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((actual as number) - expected)).toBeLessThan(tolerance)
}
