// One channel of the convolution's result by itself, computed by the same operations from the rows
// of their parents that it needs.
import { ops } from '../tensor/ops.ts'
import { at, reshape, type Tensor, tensor } from '../tensor/tensor.ts'
import { stepOf, tensorNamed } from './query.ts'
import type { Trace } from './trace.ts'

/**
 * Channel o of sample n of the convolution, or of a step that only scales its result.
 * @param id a step that `makerOf` knows
 * @returns (H', W'), the very values that the whole step has there
 */
export function channelOf(trace: Trace, id: string, n: number, o: number): Tensor {
  const step = stepOf(trace, id)
  const [, O, ...map] = step.shape as [number, number, number, number]
  const parent = (which: number) => tensorNamed(trace, step.from[which] as string)
  switch (step.op) {
    case 'identity':
      return channelOf(trace, step.from[0] as string, n, o)
    case 'multiply': {
      const convolved = channelOf(trace, step.from[0] as string, n, o)
      return ops.multiply([convolved, reshape(at(parent(1), n, o), [1, 1])], {})
    }
    case 'conv2d': {
      const { perSample, groups } = step.attributes
      const [x, w] = [parent(0), parent(1)]
      const [, , H, W] = x.shape as [number, number, number, number]
      const [, Cg, kh, kw] = w.shape as [number, number, number, number]
      const first = Math.floor(o / (O / groups)) * Cg
      const own = perSample ? n * O + o : o
      const read = at(x, n).data.subarray(first * H * W, (first + Cg) * H * W)
      const kernel = reshape(at(w, own), [1, Cg, kh, kw])
      const bias = step.from.length > 2 ? reshape(at(parent(2), own), [1]) : undefined
      const alone = { ...step.attributes, groups: 1, perSample: false }
      return reshape(ops.conv2d([tensor(read, [1, Cg, H, W]), kernel, bias], alone), map)
    }
    default:
      throw new RangeError(`no convolution makes step ${id}`)
  }
}
