// Convolution: (B, C, H, W), (O, C/g, kh, kw) and, if there is a bias, (O) -> (B, O, H', W'). With
// kernels of their own for every sample, (B·O, C/g, kh, kw) and (B·O).
//
//   y[n,o,i,j] = b[o] + Σ c,u,v  w[o,c,u,v] · x[n, c, i·s + u·d - p, j·s + v·d - p]
//
//   db[o]       = Σ n,i,j  dy[n,o,i,j]
//   dw[o,c,u,v] = Σ n,i,j  dy[n,o,i,j] · x[n, c, i·s + u·d - p, j·s + v·d - p]
//   dx[n,c,·,·] = the same products dy · w, each added where its factor x was read
import { conv2d as convolve } from '../tensor/engine/index.ts'
import { kernelCount, reachOf } from '../tensor/engine/reference.ts'
import { outputSize, type Pair, pointwise } from '../tensor/geometry.ts'
import { rounded } from '../tensor/memory.ts'
import { sizeOf } from '../tensor/tensor.ts'
import { type Conv2d, given, type Operation } from './operation.ts'

/** A convolution of every pixel by itself, with the same kernels in every sample. */
export const everyPixel: Conv2d = { ...pointwise, perSample: false }

export const conv2d: Operation<Conv2d> = {
  shape([x, w], how) {
    const [B, , H, W] = given(x) as [number, number, number, number]
    return [B, kernelCount(B, given(w), how), ...outputSize(how, [H, W])]
  },

  forward: ([x, w, b], how) => convolve(given(x), given(w), b, how),

  backward(gradient, { parents: [input, weight, bias], attributes: how }) {
    const [x, w] = [given(input), given(weight)]
    const [B, C, H, W] = x.shape as [number, number, number, number]
    const [, Cg, kh, kw] = w.shape as [number, number, number, number]
    const [, O, Ho, Wo] = gradient.shape as [number, number, number, number]
    const { rows, columns } = reachOf(how, [H, W] as Pair, [kh, kw])
    const [dx, dw] = [new Float64Array(x.data.length), new Float64Array(w.data.length)]
    const db = new Float64Array(sizeOf(w.shape.slice(0, 1)))
    const dy = gradient.data
    for (let n = 0; n < B; n++)
      for (let o = 0; o < O; o++) {
        const kernel = how.perSample ? n * O + o : o
        const firstChannel = n * C + Math.floor(o / (O / how.groups)) * Cg
        const plane = (n * O + o) * Ho * Wo
        for (let p = 0; p < Ho * Wo; p++)
          db[kernel] = (db[kernel] as number) + (dy[plane + p] as number)
        for (let c = 0; c < Cg; c++)
          for (const [u, row] of rows.entries())
            for (const [v, column] of columns.entries()) {
              const tap = ((kernel * Cg + c) * kh + u) * kw + v
              const weight = w.data[tap] as number
              let sum = 0
              for (let i = row.first; i <= row.last; i++) {
                const from = ((firstChannel + c) * H + row.start + i * row.step) * W + column.start
                const to = plane + i * Wo
                for (let j = column.first; j <= column.last; j++) {
                  const at = from + j * column.step
                  const slope = dy[to + j] as number
                  sum += slope * (x.data[at] as number)
                  dx[at] = (dx[at] as number) + slope * weight
                }
              }
              dw[tap] = (dw[tap] as number) + sum
            }
      }
    return [rounded(dx, x), rounded(dw, w), bias && rounded(db, bias)]
  },

  convolution: ([x, w], how) => ({ x: given(x), w: given(w), how }),
}
