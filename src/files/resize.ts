// Images made smaller or larger: every new pixel is a mean of the old ones under a triangle, as
// wide as the step between new pixels, or between old ones if that is more. It is what
// F.interpolate(x, size, mode='bilinear', antialias=True) computes.

import type { Values } from '../run/provided.ts'
import { sizeOf } from '../tensor/tensor.ts'

/** (1, C, H, W) -> (1, C, rows, columns) */
export function resize(image: Values, [rows, columns]: readonly [number, number]): Values {
  return alongRows(alongColumns(image, columns), rows)
}

/** Which old positions a new one is the mean of, and how much each counts. */
interface Window {
  readonly first: number
  readonly weights: readonly number[]
}

function windows(before: number, after: number): Window[] {
  const step = before / after
  const reach = Math.max(step, 1)
  return Array.from({ length: after }, (_, at) => {
    const centre = (at + 0.5) * step
    const first = Math.max(0, Math.floor(centre - reach + 0.5))
    const end = Math.min(before, Math.floor(centre + reach + 0.5))
    const raw = Array.from({ length: end - first }, (_, n) =>
      Math.max(0, 1 - Math.abs(first + n + 0.5 - centre) / reach),
    )
    const sum = raw.reduce((total, weight) => total + weight, 0)
    return { first, weights: raw.map((weight) => weight / sum) }
  })
}

function alongColumns({ shape, values }: Values, columns: number): Values {
  const [N, C, H, W] = shape as [number, number, number, number]
  if (W === columns) return { shape, values }
  return weighted(values, [N, C, H, columns], windows(W, columns), { lines: H, before: W, step: 1 })
}

function alongRows({ shape, values }: Values, rows: number): Values {
  const [N, C, H, W] = shape as [number, number, number, number]
  if (H === rows) return { shape, values }
  return weighted(values, [N, C, rows, W], windows(H, rows), { lines: 1, before: H * W, step: W })
}

/** Means along one axis, whose neighbours lie `step` apart in lines of `before` values. */
function weighted(
  values: Float32Array,
  shape: readonly number[],
  means: readonly Window[],
  { lines, before, step }: { lines: number; before: number; step: number },
): Values {
  const [N, C] = shape as [number, number]
  const result = new Float32Array(sizeOf(shape))
  let at = 0
  for (let line = 0; line < N * C * lines; line++)
    for (const { first, weights } of means)
      for (let other = 0; other < step; other++) {
        let sum = 0
        for (const [n, weight] of weights.entries())
          sum += weight * (values[line * before + (first + n) * step + other] as number)
        result[at++] = sum
      }
  return { shape, values: result }
}
