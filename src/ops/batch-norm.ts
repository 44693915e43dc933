// Batch normalisation on the running statistics, as at inference: (B, C, H, W), then weight, bias,
// mean and variance (C) each.
//
//   y = (x - m) / d · w + b     d = sqrt(v + eps), channel by channel
//
//   dx = dy · w / d     dw = Σ dy · (x - m) / d     db = Σ dy
//   dm = -Σ dy · w / d     dv = -Σ dy · w · (x - m) / (2 d³)
import { emptyLike, rounded } from '../tensor/memory.ts'
import { sizeOf, type Tensor, tensor } from '../tensor/tensor.ts'
import { given, type Operation, type Parents } from './operation.ts'

interface Channel {
  readonly weight: number
  readonly bias: number
  readonly mean: number
  readonly deviation: number
}

export const batchNorm: Operation<{ readonly eps: number }> = {
  elementwise: true,
  shape: ([x]) => given(x),

  forward(parents, { eps }) {
    const x = given(parents[0])
    const y = emptyLike(x, x.data.length)
    eachValue(parents, eps, (at, { weight, bias, mean, deviation }) => {
      y[at] = (((x.data[at] as number) - mean) / deviation) * weight + bias
    })
    return tensor(y, x.shape)
  },

  backward({ data: dy }, { parents, attributes: { eps } }) {
    const [x, ...perChannel] = parents.map(given) as [Tensor, ...Tensor[]]
    const dx = new Float64Array(x.data.length)
    const sums = () => new Float64Array(x.shape[1] as number)
    const [dw, db, dm, dv] = [sums(), sums(), sums(), sums()]
    eachValue(parents, eps, (at, { weight, mean, deviation }, channel) => {
      const slope = dy[at] as number
      const distance = ((x.data[at] as number) - mean) / deviation
      const scaled = (slope * weight) / deviation
      dx[at] = scaled
      dw[channel] = (dw[channel] as number) + slope * distance
      db[channel] = (db[channel] as number) + slope
      dm[channel] = (dm[channel] as number) - scaled
      dv[channel] = (dv[channel] as number) - (scaled * distance) / (2 * deviation)
    })
    const channels = [dw, db, dm, dv].map((sum, at) => rounded(sum, perChannel[at] as Tensor))
    return [rounded(dx, x), ...channels]
  },
}

/** Visits every value of x with what belongs to its channel. */
function eachValue(
  [input, ...perChannel]: Parents,
  eps: number,
  visit: (at: number, channel: Channel, index: number) => void,
): void {
  const x = given(input)
  const C = x.shape[1] as number
  const size = sizeOf(x.shape.slice(2))
  for (let start = 0; start < x.data.length; start += size) {
    const index = (start / size) % C
    const [weight, bias, mean, variance] = perChannel.map((each) => given(each).data[index]) as [
      number,
      number,
      number,
      number,
    ]
    const channel = { weight, bias, mean, deviation: Math.sqrt(variance + eps) }
    for (let at = start; at < start + size; at++) visit(at, channel, index)
  }
}
