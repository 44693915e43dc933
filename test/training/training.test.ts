// Initial parameters bit for bit, and the first losses, as PyTorch computed them.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Architecture } from '../../src/training/architecture.ts'
import { drawImages } from '../../src/training/data/index.ts'
import { units } from '../../src/training/data/stream.ts'
import type { TrainingNetworkName } from '../../src/training/experiment.ts'
import { plainKernels } from '../../src/training/gradients/plain.ts'
import { simdKernels } from '../../src/training/gradients/simd/simd-kernels.ts'
import type { Matrix } from '../../src/training/gradients/variables.ts'
import { experimentNamed } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import {
  createParameters,
  initialise,
  type ModelParameters,
  weightCount,
} from '../../src/training/network/parameters.ts'
import { createTrainer } from '../../src/training/optimisation/create-trainer.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'
import reference from './reference.fixture.json' with { type: 'json' }
import { digitSource } from './source.ts'

/** All values in the order of the specification: W, b, f1, c1, f2, c2, then the classifier. */
function flat({ layers, classifier }: ModelParameters, architecture: Architecture): Float32Array {
  const part = ({ rows, stride, value }: Matrix, first: number, last: number) =>
    Array.from({ length: rows }, (_, r) => [
      ...value.subarray(r * stride + first, r * stride + last),
    ]).flat()
  const whole = (matrix: Matrix | undefined) => (matrix ? part(matrix, 0, matrix.columns) : [])
  const values = layers.flatMap(({ experts, fc1, fc2 }, at) => {
    const weights = weightCount(architecture.layers[at] as Architecture['layers'][number])
    return [
      ...part(experts, 0, weights),
      ...part(experts, weights, experts.columns),
      ...[fc1, fc2].flatMap((each) => [...whole(each?.weight), ...whole(each?.bias)]),
    ]
  })
  return Float32Array.from([...values, ...whole(classifier?.weight), ...whole(classifier?.bias)])
}

test.each(reference.parameters)("initial parameters of $network are PyTorch's", (row) => {
  const [name = '', modelName = ''] = row.network.replace('glyph', 'glyphs').split(' ')
  const network = trainingNetworks[name as TrainingNetworkName]
  const model = modelNamed(modelName)
  const architecture = architectureOf(network, model)
  const parameters = createParameters(plainKernels(Float32Array), architecture, model)
  initialise(parameters, architecture, model, network, units(1003))
  const values = flat(parameters, architecture)
  expect(values.length).toBe(row.values)
  const hash = createHash('sha1').update(new Uint8Array(values.buffer)).digest('hex')
  expect(hash).toBe(row.sha1)
})

describe("first losses are PyTorch's", () => {
  test.each(reference.traces)('$run', ({ run, losses }) => {
    const [name = '', modelName = ''] = run.split(' ')
    const experiment = experimentNamed(name)
    const model = modelNamed(modelName)
    const { train } = drawImages(experiment, 0, digitSource, model.data)
    const kernels = simdKernels()
    const trainer = createTrainer(trainingNetworks[experiment.network], model, train, 0, kernels)
    const all = Array.from({ length: 20 }, () => trainer.next())
    const measured = [1, 2, 3, 10, 20].map((step) => all[step - 1] as number)
    for (const [at, loss] of losses.entries())
      expect(Math.abs((measured[at] as number) - loss), `step ${at}`).toBeLessThan(1e-5)
  })
})
