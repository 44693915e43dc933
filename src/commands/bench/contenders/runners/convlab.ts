import { ops } from '../../../../ops/index.ts'
import { prepareForward } from '../../../../run/prepared.ts'
import { ResultArena } from '../../../../tensor/engine/index.ts'
import type { Tensor } from '../../../../tensor/tensor.ts'
import { stepOf } from '../../../../trace/query.ts'
import type { Trace } from '../../../../trace/trace.ts'
import { operandsOf, type TimedPart } from '../../part.ts'
import type { Ready } from '../contender.ts'

/**
 * The layer as it is, checks included and leaving no trace, or its convolution alone. Memory is used
 * again, as PyTorch's is when a result is dropped.
 */
export function readyConvlab(part: TimedPart, trace: Trace): Ready {
  const run = part === 'layer' ? forwardOf(trace) : conv2dOf(trace)
  return { run, output: async () => run().data }
}

function forwardOf(trace: Trace): () => Tensor {
  const forward = prepareForward(trace)
  const { values } = stepOf(trace, 'input')
  return () => forward(values)
}

function conv2dOf(trace: Trace): () => Tensor {
  const { x, w, b, attributes } = operandsOf(trace)
  const repeated = new ResultArena()
  const run = () => ops.conv2d.forward([x, w, b], attributes)
  return () => repeated.run(run)
}
