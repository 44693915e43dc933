// What the article's dynamic layer prints. Its view of the mixed kernels, (out, -1, k, k), is
// right for one sample; for more, PyTorch raises one of three errors.
import type { Geometry } from '../../tensor/geometry.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Article } from '../layer.ts'
import { conv2dError } from '../torch-errors.ts'

export function article(trace: Trace): Article {
  const shapes = (['attention', 'experts', 'output'] as const).map((id) => stepOf(trace, id).shape)
  const [attention, experts, output] = shapes as [number[], number[], number[]]
  const config = trace.config as unknown as Geometry & { in: number; out: number }
  const [B, , H, W] = trace.input.shape as [number, number, number, number]
  const weight = [config.out, (B * config.in) / config.groups, ...config.kernelSize]
  const lines = [size(attention), `weight ${size(experts)}`, size(weight)]
  const folded = { ...config, groups: config.groups * B }
  const error = conv2dError([1, B * config.in, H, W], weight, folded)
  return error === undefined ? { lines: [...lines, size(output)] } : { lines, error }
}

/** A shape as Python prints it. */
function size(shape: readonly number[]): string {
  return `torch.Size([${shape.join(', ')}])`
}
