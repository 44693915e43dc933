// Convolution written as its definition: seven loops, accumulating in float64 and rounding once.
// It is the oracle that every faster way is held against.
//
//   y[n,o,i,j] = b[o] + Σ c,u,v  w[o,c,u,v] · x[n, c, i·s + u·d - p, j·s + v·d - p]
//
// n sample, o output channel, i j output row and column, c input channel of o's group,
// u v kernel row and column; s stride, d dilation, p zeros before the first row or column.
import { border, type Geometry, outputSize, type Pair } from '../geometry.ts'
import { type Tensor, tensor } from '../tensor.ts'

/** How a convolution's kernels are shared: by all samples, or a set for each. */
export interface Kernels {
  /** true: w is (B·O, C/g, kh, kw) and sample n uses rows n·O to n·O + O - 1 */
  readonly perSample: boolean
}

/**
 * @param x (B, C, H, W)
 * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
 * @param b (O) or (B·O), or none
 * @returns (B, O, H', W')
 */
export function conv2d(
  x: Tensor,
  w: Tensor,
  b: Tensor | undefined,
  how: Geometry & Kernels,
): Tensor {
  const [B, C, H, W] = x.shape as [number, number, number, number]
  const [rows, Cg, kh, kw] = w.shape as [number, number, number, number]
  const O = how.perSample ? rows / B : rows
  const Og = O / how.groups
  const [Ho, Wo] = outputSize(how, [H, W] as Pair)
  const [si, sj] = how.stride
  const [di, dj] = how.dilation
  const pi = border(how, 0).before
  const pj = border(how, 1).before
  const y = new Float32Array(B * O * Ho * Wo)

  let at = 0
  for (let n = 0; n < B; n++)
    for (let o = 0; o < O; o++) {
      const kernel = how.perSample ? n * O + o : o
      const firstChannel = n * C + Math.floor(o / Og) * Cg
      const bias = b ? (b.data[kernel] as number) : 0
      for (let i = 0; i < Ho; i++)
        for (let j = 0; j < Wo; j++) {
          let sum = bias
          for (let c = 0; c < Cg; c++)
            for (let u = 0; u < kh; u++) {
              const row = i * si + u * di - pi
              if (row < 0 || row >= H) continue // zero padding adds nothing
              const xRow = ((firstChannel + c) * H + row) * W
              const wRow = ((kernel * Cg + c) * kh + u) * kw
              for (let v = 0; v < kw; v++) {
                const col = j * sj + v * dj - pj
                if (col < 0 || col >= W) continue
                sum += (w.data[wRow + v] as number) * (x.data[xRow + col] as number)
              }
            }
          y[at++] = sum
        }
    }
  return tensor(y, [B, O, Ho, Wo])
}
