// What training lowers. Each returns the loss and sets the gradient of what it is a loss of.
import type { Maps, Matrix } from './variables.ts'

/**
 * Softmax cross-entropy, averaged over the samples.
 * @param logits (samples, classes)
 */
export function crossEntropy(logits: Matrix, labels: ArrayLike<number>, samples: number): number {
  const { columns: classes, value, gradient } = logits
  let loss = 0
  for (let n = 0; n < samples; n++) {
    const at = n * classes
    let largest = Number.NEGATIVE_INFINITY
    for (let c = 0; c < classes; c++) largest = Math.max(largest, value[at + c] as number)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += Math.exp((value[at + c] as number) - largest)
    const label = labels[n] as number
    loss += Math.log(sum) + largest - (value[at + label] as number)
    if (gradient)
      for (let c = 0; c < classes; c++) {
        const share = Math.exp((value[at + c] as number) - largest) / sum
        gradient[at + c] = (share - (c === label ? 1 : 0)) / samples
      }
  }
  return loss / samples
}

/**
 * Mean squared error over samples and pixels.
 * @param maps of one channel
 * @param targets (samples, size, size)
 */
export function squaredError(maps: Maps, targets: ArrayLike<number>, samples: number): number {
  const { size, value, layout, gradient, gradientLayout } = maps
  const count = samples * size * size
  let loss = 0
  for (let n = 0; n < samples; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const at = n * layout.plane + layout.lead + i * layout.pitch + j
        const error = (value[at] as number) - (targets[(n * size + i) * size + j] as number)
        loss += error * error
        if (gradient)
          gradient[n * gradientLayout.plane + gradientLayout.lead + i * gradientLayout.pitch + j] =
            (2 * error) / count
      }
  return loss / count
}
