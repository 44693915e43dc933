// Images made smaller or larger: every new pixel is a mean of the old ones under a triangle, as
// wide as the step between new pixels, or between old ones if that is more. It is what
// F.interpolate(x, size, mode='bilinear', antialias=True) computes.
import type { Values } from '../run/provided.ts'
import type { Pair } from '../tensor/geometry.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'

/** An image that is read a line at a time, so that the whole of it is held nowhere as float32. */
export interface Lines {
  /** (1, C, H, W) */
  readonly shape: Shape
  /** The W values of one of the C * H lines; the next one may be written over them. */
  line(at: number): Float32Array
}

/** (1, C, H, W) -> (1, C, rows, columns) */
export function resize(image: Lines, [rows, columns]: Pair): Values {
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

function alongColumns({ shape, line }: Lines, columns: number): Values {
  const [N, C, H, W] = shape as [number, number, number, number]
  const values = new Float32Array(N * C * H * columns)
  const means = W === columns ? undefined : windows(W, columns)
  for (let at = 0; at < N * C * H; at++) {
    const target = values.subarray(at * columns, (at + 1) * columns)
    if (means) addUp(line(at), means, target, 1)
    else target.set(line(at))
  }
  return { shape: [N, C, H, columns], values }
}

function alongRows({ shape, values }: Values, rows: number): Values {
  const [N, C, H, W] = shape as [number, number, number, number]
  if (H === rows) return { shape, values }
  const means = windows(H, rows)
  const result = new Float32Array(sizeOf([N, C, rows, W]))
  for (let at = 0; at < N * C; at++) {
    const target = result.subarray(at * rows * W, (at + 1) * rows * W)
    addUp(values.subarray(at * H * W, (at + 1) * H * W), means, target, W)
  }
  return { shape: [N, C, rows, W], values: result }
}

/** Means along an axis whose neighbours lie `step` apart. */
function addUp(from: Float32Array, means: readonly Window[], to: Float32Array, step: number): void {
  for (let at = 0; at < to.length; at++) {
    const { first, weights } = means[Math.floor(at / step)] as Window
    let sum = 0
    for (let n = 0; n < weights.length; n++)
      sum += (weights[n] as number) * (from[(first + n) * step + (at % step)] as number)
    to[at] = sum
  }
}
