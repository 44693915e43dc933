// Whole runs against PyTorch's results, a sample of seeds; runs.check.ts has those of large images.
import { describe, expect, test } from 'vitest'
import { drawImages } from '../../src/training/data/index.ts'
import { experimentNamed } from '../../src/training/index.ts'
import { modelNamed } from '../../src/training/models.ts'
import { buildNetwork } from '../../src/training/network/build.ts'
import { createParameters, type ModelParameters } from '../../src/training/network/parameters.ts'
import { createTrainer } from '../../src/training/optimisation/create-trainer.ts'
import { runForward } from '../../src/training/optimisation/evaluate.ts'
import { architectureOf, trainingNetworks } from '../../src/training/training-networks.ts'
import reference from './reference.fixture.json' with { type: 'json' }
import { kernels, near, trained } from './runs.ts'
import { digitSource } from './source.ts'

describe("metrics are PyTorch's", () => {
  const tolerance = { filter: 0.001, digits: 0.01 }
  test.each([
    ...Object.keys(reference.metrics.filter).map((model) => ['filter', model, 2] as const),
    ['digits', 'S', 1],
    ['digits', 'D4', 0],
  ] as const)('%s %s, seed %i', (name, model, seed) => {
    const metrics = reference.metrics[name] as Record<string, number[]>
    const allowed = model === 'R8' ? 0.005 : tolerance[name]
    const difference =
      (trained(name, model, seed).metrics.test as number) - (metrics[model]?.[seed] as number)
    expect(Math.abs(difference)).toBeLessThanOrEqual(allowed)
  })
})

describe('what attention is good for is as in PyTorch, seed 0', () => {
  test('filter D4', () => {
    const { attention, entropy, filters, metrics } = trained('filter', 'D4', 0)
    near(attention?.shuffled, -0.708, 0.002)
    near(attention?.mean, 0.188, 0.002)
    near(entropy?.at(-1)?.[0], 0.322, 0.002)
    expect(metrics.test).toBeGreaterThan(0.999)
    const weights = [
      [0, 0, 0, 1],
      [0.52, 0, 0, 0.48],
      [0, 0.52, 0.48, 0],
      [0, 0, 1, 0],
    ]
    for (const [cue, expected] of weights.entries())
      for (const [k, weight] of expected.entries())
        near(attention?.perCue?.[cue]?.attention[0]?.[k], weight, 0.01)
    expect(attention?.byClass).toBeUndefined()
    near(filters?.[0]?.[5], 2 / Math.sqrt(12), 1e-3) // Sobel x
    near(filters?.[2]?.[4], 4 / Math.sqrt(20), 1e-3) // the Laplacian
  })
})

describe('four kernels without attention are one kernel', () => {
  const experiment = experimentNamed('digits')
  const network = trainingNetworks[experiment.network]
  const images = drawImages(experiment, 0, digitSource)
  const test1 = images.tests[0] as (typeof images)['train']
  const whole = { images: test1, first: 0, samples: test1.count }
  const architecture = architectureOf(network, modelNamed('U4'))

  /** Logits of the test images under given parameters. */
  function logitsOf(model: string, parameters: ModelParameters): Float64Array {
    const build = { kernels, architecture, model: modelNamed(model), parameters }
    const net = buildNetwork({
      ...build,
      samples: test1.count,
      training: false,
      temperature: () => 1,
    })
    // attention forced to 1/4, where there is any
    for (const attention of net.attentions)
      attention.replace = (pi) => pi.value.fill(1 / pi.columns)
    runForward(net, whole)
    if (!('logits' in net.output)) throw new Error('digits have classes')
    return Float64Array.from(net.output.logits.value)
  }

  test('so that the mean of their kernels gives the same logits', () => {
    kernels.release()
    const trainer = createTrainer(network, modelNamed('U4'), images.train, 0, kernels)
    for (let step = 0; step < 200; step++) trainer.next()
    const four = logitsOf('U4', trainer.parameters)
    const folded = createParameters(kernels, architecture, modelNamed('S'))
    for (const [at, { experts }] of trainer.parameters.layers.entries())
      for (let i = 0; i < experts.stride; i++) {
        const values = [0, 1, 2, 3].map((k) => experts.value[k * experts.stride + i] as number)
        const one = folded.layers[at]?.experts.value as Float32Array
        one[i] = values.reduce((sum, value) => sum + value, 0) / 4
      }
    for (const part of ['weight', 'bias'] as const)
      folded.classifier?.[part].value.set(trainer.parameters.classifier?.[part].value ?? [])
    const one = logitsOf('S', folded)
    const largest = Math.max(...four.map(Math.abs))
    const apart = (other: Float64Array) =>
      Math.max(...four.map((value, at) => Math.abs(value - (other[at] as number))))
    expect(apart(one)).toBeLessThan(5e-6 * largest)

    const dynamic = createParameters(kernels, architecture, modelNamed('D4'))
    for (const [at, { experts }] of trainer.parameters.layers.entries())
      dynamic.layers[at]?.experts.value.set(experts.value)
    for (const part of ['weight', 'bias'] as const)
      dynamic.classifier?.[part].value.set(trainer.parameters.classifier?.[part].value ?? [])
    expect(apart(logitsOf('D4', dynamic))).toBeLessThan(5e-6 * largest)
  })
})

test('a run does not depend on what was trained before it', () => {
  const alone = trained('filter', 'D2', 4)
  trained('digits', 'S', 0)
  trained('filter', 'R4', 1)
  expect(trained('filter', 'D2', 4)).toEqual(alone)
})
