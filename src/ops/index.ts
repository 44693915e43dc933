// The table of operations. Tables keyed by its names (a worked-out line, ONNX operators, a PyTorch
// function) do not compile with one missing.
import { sizeOf } from '../tensor/tensor.ts'
import { activatedLinear } from './activated.ts'
import { batchNorm } from './batch-norm.ts'
import { conv2d } from './conv2d.ts'
import { globalAveragePool } from './global-average-pool.ts'
import { identity } from './identity.ts'
import { linear } from './linear.ts'
import { matmul } from './matmul.ts'
import { multiply } from './multiply.ts'
import type { Operation, ParentShapes } from './operation.ts'
import { productSum } from './product-sum.ts'
import { relu } from './relu.ts'
import { sigmoid } from './sigmoid.ts'
import { softmax } from './softmax.ts'

export const ops = {
  conv2d,
  globalAveragePool,
  linear,
  batchNorm,
  relu,
  sigmoid,
  softmax,
  linearSigmoid: activatedLinear(sigmoid),
  linearSoftmax: activatedLinear(softmax),
  matmul,
  multiply,
  productSum,
  identity,
}

export type Op = keyof typeof ops

/** What each needs to know besides its tensors. */
export type Attributes = {
  readonly [O in Op]: (typeof ops)[O] extends Operation<infer A> ? A : never
}

/** The operation of that name, for attributes that are known to be its own. */
export function operation(op: Op): Operation<unknown> {
  return ops[op] as Operation<unknown>
}

/** The work of the whole batch; multiply-adds with the padding's zeros count too. */
export function workOf(op: Op, parents: ParentShapes, attributes: unknown) {
  const { shape, convolution, multiplyAdds, additions } = operation(op)
  const kernel = convolution?.(parents, attributes).w
  return {
    multiplyAdds: kernel
      ? sizeOf(shape(parents, attributes)) * sizeOf(kernel.slice(1))
      : (multiplyAdds?.(parents, attributes) ?? 0),
    additions: additions?.(parents) ?? 0,
  }
}
