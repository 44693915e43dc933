// What the article's dynamic layer prints. Its view of the mixed kernels, (out, -1, k, k), is
// right for one sample; for more, PyTorch raises one of three errors.
import { axes, type Geometry, type Pair, span } from '../../tensor/geometry.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Article } from '../layer.ts'

export function article(trace: Trace): Article {
  const shapes = (['attention', 'experts', 'output'] as const).map((id) => stepOf(trace, id).shape)
  const [attention, experts, output] = shapes as [number[], number[], number[]]
  const config = trace.config as unknown as Geometry & { in: number; out: number }
  const [B, , H, W] = trace.input.shape as [number, number, number, number]
  const weight = [config.out, (B * config.in) / config.groups, ...config.kernelSize]
  const lines = [size(attention), `weight ${size(experts)}`, size(weight)]
  return B === 1
    ? { lines: [...lines, size(output)] }
    : { lines, error: conv2dError(config, weight, B, [H, W]) }
}

/** PyTorch 2.13's message, in the order of its checks, for that view of B samples' kernels. */
function conv2dError(
  config: Geometry & { in: number; out: number },
  weight: readonly number[],
  B: number,
  inputSize: Pair,
): string {
  const groups = config.groups * B
  const shape = `[${weight.join(', ')}]`
  if (config.out < groups)
    return `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${shape} instead`
  if (config.out % groups !== 0)
    return `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${shape}] instead`
  // `same` evens out an odd number of zeros before the check, so the size it names is one larger
  const grown = axes.map((axis) => {
    const odd = config.padding === 'same' && span(config, axis) % 2 === 0
    return inputSize[axis] + (odd ? 1 : 0)
  })
  const channels = B * config.in
  return `Given groups=${groups}, weight of size ${shape}, expected input[${[1, channels, ...grown].join(', ')}] to have ${B * channels} channels, but got ${channels} channels instead`
}

/** A shape as Python prints it. */
function size(shape: readonly number[]): string {
  return `torch.Size([${shape.join(', ')}])`
}
