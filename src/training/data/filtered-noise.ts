// Noise, a cue that names one of four filters, and the noise so filtered.
import type { Data } from '../experiment.ts'
import type { Images } from './images.ts'
import { units } from './stream.ts'

const SIDE = 12
const KERNEL = 3
const OUTPUT = SIDE - KERNEL + 1

/** Sobel x, Sobel y, Laplacian and box: orthogonal, and here of norm 1, as float32 (3, 3) each. */
export const filters: readonly Float32Array[] = [
  [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  [0, -1, 0, -1, 4, -1, 0, -1, 0],
  [1, 1, 1, 1, 1, 1, 1, 1, 1],
].map((filter) => {
  const norm = Math.sqrt(filter.reduce((sum, value) => sum + value * value, 0))
  return Float32Array.from(filter, (value) => value / norm)
})

/**
 * Draws the images, 145 units each.
 * @returns pixels (count, 2, 12, 12): noise, and (c - 1.5) / 1.5 or 0; targets (count, 10, 10)
 */
export function drawFiltered(
  { cue }: Extract<Data, { kind: 'filter' }>,
  count: number,
  seed: number,
): Images {
  const stream = units(seed)
  const plane = SIDE * SIDE
  const pixels = new Float32Array(count * 2 * plane)
  const targets = new Float32Array(count * OUTPUT * OUTPUT)
  const labels = new Int32Array(count)
  for (let n = 0; n < count; n++) {
    const which = stream.below(filters.length)
    const noise = pixels.subarray(2 * n * plane, (2 * n + 1) * plane)
    for (let i = 0; i < plane; i++) noise[i] = 2 * stream.next() - 1
    if (cue) pixels.fill((which - 1.5) / 1.5, (2 * n + 1) * plane, (2 * n + 2) * plane)
    const target = targets.subarray(n * OUTPUT * OUTPUT, (n + 1) * OUTPUT * OUTPUT)
    filterInto(target, noise, filters[which] as Float32Array)
    labels[n] = which
  }
  return { count, shape: [2, SIDE, SIDE], pixels, labels, cues: { filter: labels }, targets }
}

/** Valid correlation; the nine products are added in float64 in row-major order. */
function filterInto(target: Float32Array, noise: Float32Array, filter: Float32Array): void {
  for (let i = 0; i < OUTPUT; i++)
    for (let j = 0; j < OUTPUT; j++) {
      let sum = 0
      for (let u = 0; u < KERNEL; u++)
        for (let v = 0; v < KERNEL; v++)
          sum += (filter[u * KERNEL + v] as number) * (noise[(i + u) * SIDE + j + v] as number)
      target[i * OUTPUT + j] = sum
    }
}
