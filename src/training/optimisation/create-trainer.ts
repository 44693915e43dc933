// One model on one seed's images, trained step by step.
import type { Images } from '../data/images.ts'
import { shuffled, units } from '../data/stream.ts'
import { offsets, seedOf } from '../experiment.ts'
import type { GradientKernels } from '../gradients/gradient-kernels.ts'
import { crossEntropy, squaredError } from '../gradients/loss.ts'
import type { Model } from '../models.ts'
import { type BuiltNetwork, buildNetwork, type NetworkOutput } from '../network/build.ts'
import { createParameters, initialise, type ModelParameters } from '../network/parameters.ts'
import { architectureOf, type TrainingNetwork } from '../training-networks.ts'
import { adam } from './adam.ts'
import { learningRateAt, temperatureAt } from './training-schedule.ts'

export interface Trainer {
  readonly parameters: ModelParameters
  /** steps taken */
  readonly step: number
  /** whether the next step begins an epoch */
  readonly epochBegins: boolean
  /** Takes a step and returns the loss before it. */
  next(): number
  /** The same parameters, forward only, at the temperature of the step. */
  forward(samples: number): BuiltNetwork
}

export function createTrainer(
  network: TrainingNetwork,
  model: Model,
  images: Images,
  seedIndex: number,
  kernels: GradientKernels,
): Trainer {
  const { batch, steps, learningRate } = network.training
  const architecture = architectureOf(network, model)
  const parameters = createParameters(kernels, architecture, model)
  initialise(
    parameters,
    architecture,
    model,
    network,
    units(seedOf(seedIndex, offsets.initialisation)),
  )
  let step = 0
  const temperature = () => temperatureAt(step, steps, model.temperature)
  const build = { architecture, model, parameters, kernels, temperature }
  const net = buildNetwork({ ...build, samples: batch, training: true })
  const optimizer = adam(kernels, parameters)
  const shuffles = units(seedOf(seedIndex, offsets.shuffles))
  const perEpoch = Math.floor(images.count / batch)
  let order: Int32Array = new Int32Array(0)
  return {
    parameters,
    get step() {
      return step
    },
    get epochBegins() {
      return step % perEpoch === 0
    },
    next() {
      if (step % perEpoch === 0) order = shuffled(images.count, shuffles)
      const first = (step % perEpoch) * batch
      const indices = order.subarray(first, first + batch)
      net.load(images, indices)
      net.clear()
      net.forward(batch)
      const loss = lossOf(net.output, images, indices)
      net.backward(batch)
      optimizer.step(learningRateAt(step, steps, learningRate))
      step++
      return loss
    },
    forward: (samples) => buildNetwork({ ...build, samples, training: false }),
  }
}

function lossOf(output: NetworkOutput, { labels, targets }: Images, indices: Int32Array): number {
  if ('logits' in output)
    return crossEntropy(
      output.logits,
      indices.map((n) => labels[n] as number),
      indices.length,
    )
  if (targets === undefined) throw new TypeError('a network that gives images needs some to aim at')
  const { size } = output.image
  const wanted = new Float32Array(indices.length * size * size)
  for (const [at, n] of indices.entries())
    wanted.set(targets.subarray(n * size * size, (n + 1) * size * size), at * size * size)
  return squaredError(output.image, wanted, indices.length)
}
