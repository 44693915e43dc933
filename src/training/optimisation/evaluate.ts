// How good a trained network is: the share of images it classes right, or of variance explained.
import type { Images } from '../data/images.ts'
import type { Matrix } from '../gradients/variables.ts'
import type { BuiltNetwork } from '../network/build.ts'

/** Images in one batch: as many as the network was built for. */
export interface Batch {
  readonly images: Images
  readonly first: number
  readonly samples: number
}

/** Runs the network forward on them. */
export function runForward(net: BuiltNetwork, { images, first, samples }: Batch): void {
  net.load(
    images,
    Int32Array.from({ length: samples }, (_, n) => first + n),
  )
  net.forward(samples)
}

/**
 * Accuracy, or R2 = 1 - Σ error² / Σ target², over all images.
 * @param most samples that the network takes at once
 */
export function evaluate(net: BuiltNetwork, images: Images, most: number): number {
  const [errors, total] = batches(images, most).reduce<readonly [number, number]>(
    ([errors, total], batch) => {
      runForward(net, batch)
      const [more, of] = errorsOf(net, batch)
      return [errors + more, total + of]
    },
    [0, 0],
  )
  return 1 - errors / total
}

function batches(images: Images, most: number): Batch[] {
  return Array.from({ length: Math.ceil(images.count / most) }, (_, at) => ({
    images,
    first: at * most,
    samples: Math.min(most, images.count - at * most),
  }))
}

/** Wrong predictions of how many, or squared errors of what sum of squares, of the last run. */
export function errorsOf(net: BuiltNetwork, batch: Batch): readonly [number, number] {
  const { images, first, samples } = batch
  if ('logits' in net.output) {
    const wrong = wrongOnes(net.output.logits, batch)
    return [wrong.reduce((sum, each) => sum + each, 0), samples]
  }
  const { size, value, layout } = net.output.image
  const { targets } = images
  if (targets === undefined)
    throw new TypeError('a network that gives images needs some to compare')
  let errors = 0
  let total = 0
  for (let n = 0; n < samples; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const given = value[n * layout.plane + layout.lead + i * layout.pitch + j] as number
        const wanted = targets[((first + n) * size + i) * size + j] as number
        errors += (given - wanted) ** 2
        total += wanted ** 2
      }
  return [errors, total]
}

/** 1 for every image that is classed wrong: the first largest score is another class's. */
export function wrongOnes(logits: Matrix, { images, first, samples }: Batch): Uint8Array {
  const { columns, value } = logits
  return Uint8Array.from({ length: samples }, (_, n) => {
    let best = 0
    for (let c = 1; c < columns; c++)
      if ((value[n * columns + c] as number) > (value[n * columns + best] as number)) best = c
    return best === images.labels[first + n] ? 0 : 1
  })
}
