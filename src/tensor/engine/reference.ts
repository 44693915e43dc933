// Convolution written as its definition, accumulating in float64 and rounding once. It is the
// oracle that every faster way is held against.
//
//   y[n,o,i,j] = b[o] + Σ c,u,v  w[o,c,u,v] · x[n, c, i·s + u·d - p, j·s + v·d - p]
//
// n sample, o output channel, i j output row and column, c input channel of o's group,
// u v kernel row and column; s stride, d dilation, p zeros before the first row or column.
//
// The loops stand in the order n, o, c, u, v, i, j: each tap (c, u, v) of a kernel adds one shifted
// channel of the input, times its weight, to a plane of output.
import { axes, border, type Geometry, outputSize, type Pair } from '../geometry.ts'
import { emptyLike } from '../memory.ts'
import { type Shape, type Tensor, tensor } from '../tensor.ts'

/** How a convolution's kernels are shared: by all samples, or a set for each. */
export interface KernelSharing {
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
  how: Geometry & KernelSharing,
): Tensor {
  const [B, C, H, W] = x.shape as [number, number, number, number]
  const [, Cg, kh, kw] = w.shape as [number, number, number, number]
  const O = kernelCount(B, w.shape, how)
  const Og = O / how.groups
  const [Ho, Wo] = outputSize(how, [H, W])
  const { rows, columns } = reachOf(how, [H, W], [kh, kw])
  const y = emptyLike(x, B * O * Ho * Wo)
  const sums = new Float64Array(Ho * Wo)

  for (let n = 0; n < B; n++)
    for (let o = 0; o < O; o++) {
      const kernel = how.perSample ? n * O + o : o
      const firstChannel = n * C + Math.floor(o / Og) * Cg
      sums.fill(b ? (b.data[kernel] as number) : 0)
      for (let c = 0; c < Cg; c++) {
        const channel = x.data.subarray((firstChannel + c) * H * W, (firstChannel + c + 1) * H * W)
        for (let u = 0; u < kh; u++)
          for (let v = 0; v < kw; v++) {
            const weight = w.data[((kernel * Cg + c) * kh + u) * kw + v] as number
            const from = { values: channel, width: W }
            addTap({ sums, width: Wo }, from, weight, {
              rows: rows[u] as Reach,
              columns: columns[v] as Reach,
            })
          }
      }
      y.set(sums, (n * O + o) * Ho * Wo)
    }
  return tensor(y, [B, O, Ho, Wo])
}

/** How many output channels these kernels (rows, C/g, kh, kw) make. */
export function kernelCount(batch: number, [rows]: Shape, { perSample }: KernelSharing): number {
  return perSample ? (rows as number) / batch : (rows as number)
}

/**
 * Where a tap reads along one axis: at start + i * step for the outputs first <= i <= last, which are
 * those inside the input; the zeros of the padding add nothing.
 */
export interface Reach {
  readonly start: number
  readonly step: number
  readonly first: number
  readonly last: number
}

/** For every row, and every column, of a kernel. */
export function reachOf(
  how: Geometry,
  inputSize: Pair,
  kernelSize: Pair,
): { readonly rows: readonly Reach[]; readonly columns: readonly Reach[] } {
  const outputs = outputSize(how, inputSize)
  const [rows, columns] = axes.map((axis) =>
    Array.from({ length: kernelSize[axis] }, (_, tap) => {
      const start = tap * how.dilation[axis] - border(how, axis).before
      const step = how.stride[axis]
      const first = Math.max(0, Math.ceil(-start / step))
      const last = Math.min(outputs[axis] - 1, Math.floor((inputSize[axis] - 1 - start) / step))
      return { start, step, first, last }
    }),
  ) as [Reach[], Reach[]]
  return { rows, columns }
}

/** Adds weight * x to every sum. A function of its own since it is compiled sooner than a loop. */
function addTap(
  { sums, width }: { readonly sums: Float64Array; readonly width: number },
  channel: { readonly values: Float32Array; readonly width: number },
  weight: number,
  { rows, columns }: { readonly rows: Reach; readonly columns: Reach },
): void {
  const { values } = channel
  for (let i = rows.first; i <= rows.last; i++) {
    const to = i * width
    const from = (rows.start + i * rows.step) * channel.width + columns.start
    for (let j = columns.first; j <= columns.last; j++)
      sums[to + j] = (sums[to + j] as number) + weight * (values[from + j * columns.step] as number)
  }
}
