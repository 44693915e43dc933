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
  const sums = new Float64Array(Wo) // one row of output

  for (let n = 0; n < B; n++)
    for (let o = 0; o < O; o++) {
      const kernel = how.perSample ? n * O + o : o
      const firstChannel = n * C + Math.floor(o / Og) * Cg
      for (let i = 0; i < Ho; i++) {
        sums.fill(b ? (b.data[kernel] as number) : 0)
        for (let c = 0; c < Cg; c++)
          for (let u = 0; u < kh; u++) {
            const row = i * si + u * di - pi
            if (row < 0 || row >= H) continue // zero padding adds nothing
            const xRow = ((firstChannel + c) * H + row) * W
            for (let v = 0; v < kw; v++) {
              const weight = w.data[((kernel * Cg + c) * kh + u) * kw + v] as number
              const col = v * dj - pj // where this tap reads for j = 0
              const first = Math.max(0, Math.ceil(-col / sj))
              const last = Math.min(Wo - 1, Math.floor((W - 1 - col) / sj))
              for (let j = first; j <= last; j++)
                sums[j] = (sums[j] as number) + weight * (x.data[xRow + j * sj + col] as number)
            }
          }
        y.set(sums, ((n * O + o) * Ho + i) * Wo)
      }
    }
  return tensor(y, [B, O, Ho, Wo])
}
