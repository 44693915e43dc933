// Statements about mixing kernels, checked by the same operations that made the run.
import { say } from '../../base/text.ts'
import { ops } from '../../ops/index.ts'
import { at, reshape, type Tensor, tensor } from '../../tensor/tensor.ts'
import { stepOf, tensorNamed } from '../query.ts'
import { replay } from '../replay.ts'
import type { Trace } from '../trace.ts'
import { convolutionStepOf } from '../window.ts'
import type { Check } from './check-claims.ts'
import { affordable, close, difference } from './close.ts'

/** The mixture of K convolutions' outputs is the output of the mixed kernel. */
export const mixThenConvolve: Check = (trace) => {
  const convolution = convolutionStepOf(trace)
  const [x, , biasName] = convolution.from
  const { weights, experts, biases } = expertsOf(trace)
  if (weights === undefined || !affordable(trace, experts.shape[0])) return undefined
  const B = trace.input.shape[0] as number
  const [K] = experts.shape as [number]
  const each = Array.from(
    { length: K },
    (_, k) =>
      ops.conv2d.forward(
        [
          tensorNamed(trace, x as string),
          at(experts, k),
          biasName ? biases && at(biases, k) : undefined,
        ],
        { ...convolution.attributes, perSample: false },
      ).data,
  )
  const size = convolution.values.length / B
  const mixed = convolution.values.map((_, i) => {
    const n = Math.floor(i / size)
    return each.reduce(
      (sum, y, k) => sum + (weights.data[n * K + k] as number) * (y[i] as number),
      0,
    )
  })
  const apart = difference(mixed, convolution.values)
  return {
    text: {
      en: say`${K} convolutions whose outputs are mixed afterwards give the same output (largest difference ${apart}).`,
      zh: say`先做 ${K} 次卷积再混合输出，结果相同（最大误差 ${apart}）。`,
    },
    holds: close(apart, convolution.values),
  }
}

/** With all weight on one kernel, the layer is an ordinary convolution with that kernel. */
export const oneKernelIsStatic: Check = (trace) => {
  const convolution = convolutionStepOf(trace)
  const x = convolution.from[0] as string
  const { weights, experts, biases, weightsId } = expertsOf(trace)
  if (weights === undefined || weightsId === undefined || !affordable(trace, 2)) return undefined
  const [B, K] = weights.shape as [number, number]
  const oneHot = new Float32Array(B * K).map((_, i) => (i % K === 0 ? 1 : 0))
  const dynamic = replay(trace, { [weightsId]: tensor(oneHot, weights.shape) }, convolution.id)
  const ordinary = ops.conv2d.forward(
    [tensorNamed(trace, x), at(experts, 0), biases && at(biases, 0)],
    {
      ...convolution.attributes,
      perSample: false,
    },
  )
  const apart = difference((dynamic[convolution.id] as Tensor).data, ordinary.data)
  const { op } = stepOf(trace, weightsId)
  const shares = op === 'softmax' // else a single kernel's weight is not 1 of itself
  const only = K === 1 && shares
  const whenOne = shares
    ? { en: '; so it is with K = 1', zh: '；K = 1 时正是如此' }
    : { en: '', zh: '' }
  return {
    text: {
      en: only
        ? say`With one kernel its share is always 1: the output is the static layer's (largest difference ${apart}).`
        : say`Give kernel 0 weight ${1} and any other 0, and the output is that of a static layer with this kernel (largest difference ${apart})${whenOne.en}.`,
      zh: only
        ? say`只有一个卷积核时份额恒为 1：输出就是普通卷积的输出（最大误差 ${apart}）。`
        : say`0 号卷积核的权重取 ${1}，别的取 0，输出就是以它做普通卷积的输出（最大误差 ${apart}）${whenOne.zh}。`,
    },
    holds: close(apart, ordinary.data),
  }
}

/** The attention, the experts (K, O, C/g, kh, kw) and their biases (K, O), as the kernel's step names them. */
function expertsOf(trace: Trace): {
  weights?: Tensor
  weightsId?: string
  experts: Tensor
  biases?: Tensor
} {
  const convolution = convolutionStepOf(trace)
  const [, kernelId, biasId] = convolution.from as [string, string, string?]
  const step = trace.steps.find(({ id }) => id === kernelId)
  const bias = trace.steps.find(({ id }) => id === biasId)
  if (step?.op !== 'matmul') return { experts: tensorNamed(trace, kernelId) }
  const [weightsId, expertsId] = step.from as [string, string]
  const flat = tensorNamed(trace, expertsId)
  const [K] = flat.shape as [number]
  const B = trace.input.shape[0] as number
  const [rows, ...kernel] = convolution.attributes.perSample
    ? [(step.shape[0] as number) / B, ...step.shape.slice(1)]
    : step.shape
  return {
    weights: tensorNamed(trace, weightsId),
    weightsId,
    experts: reshape(flat, [K, rows as number, ...kernel]),
    ...(bias?.op === 'matmul' && { biases: tensorNamed(trace, bias.from[1] as string) }),
  }
}
