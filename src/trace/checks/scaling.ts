// Convolution is linear: scaling feature maps is scaling kernels. Checked by scaling the kernels.
import { say } from '../../base/text.ts'
import { ops } from '../../ops/index.ts'
import { sizeOf, type Tensor, tensor } from '../../tensor/tensor.ts'
import { stepOf, tensorNamed } from '../query.ts'
import { convolutionStepOf, lastOf, makerOf, scaleOf } from '../window.ts'
import type { Check } from './check-claims.ts'
import { affordable, close, difference } from './close.ts'

/** Input channels scaled, against the kernels' slices that read them. */
export const scaledInputIsScaledKernels: Check = (trace) => {
  const convolution = convolutionStepOf(trace)
  const [scaledId, kernelId] = convolution.from as [string, string]
  const scaled = stepOf(trace, scaledId)
  if (scaled.op !== 'multiply' || !affordable(trace)) return undefined
  const [x, weights] = scaled.from.map((id) => tensorNamed(trace, id)) as [Tensor, Tensor]
  const kernels = tensorNamed(trace, kernelId)
  const [rows, Cg] = kernels.shape as [number, number]
  const [B, C] = x.shape as [number, number]
  const [O, positions] = [rows / B, sizeOf(kernels.shape.slice(2))]
  const outputsOfGroup = O / convolution.attributes.groups
  const own = kernels.data.map((value, at) => {
    const row = Math.floor(at / (Cg * positions))
    const firstChannel = Math.floor((row % O) / outputsOfGroup) * Cg
    const channel = firstChannel + (Math.floor(at / positions) % Cg)
    return value * (weights.data[Math.floor(row / O) * C + channel] as number)
  })
  const y = ops.conv2d.forward([x, tensor(own, kernels.shape)], convolution.attributes)
  const apart = difference(y.data, convolution.values)
  return {
    text: {
      en: say`Leave the input as it is, scale the kernels' slices instead: the convolution gives the same (largest difference ${apart}).`,
      zh: say`不动输入，改为缩放卷积核中对应的那一片：卷积结果相同（最大误差 ${apart}）。`,
    },
    holds: close(apart, convolution.values),
  }
}

/** Output channels scaled, against the filters that make them. */
export const scaledOutputIsScaledKernels: Check = (trace) => {
  const maker = makerOf(trace)
  const scale = maker && scaleOf(maker)
  if (maker === undefined || scale === undefined || !affordable(trace)) return undefined
  const { convolution } = maker
  const [x, kernels] = convolution.from.map((id) => tensorNamed(trace, id)) as [Tensor, Tensor]
  const weights = tensorNamed(trace, scale) // (B, O, 1, 1), in the order of the kernels' rows
  const size = sizeOf(kernels.shape.slice(1))
  const own = kernels.data.map(
    (value, at) => value * (weights.data[Math.floor(at / size)] as number),
  )
  const y = ops.conv2d.forward([x, tensor(own, kernels.shape)], convolution.attributes)
  const { values } = lastOf(trace)
  const apart = difference(y.data, values)
  return {
    text: {
      en: say`Scale the filters instead of the output: the same again (largest difference ${apart}).`,
      zh: say`不缩放输出，改为缩放滤波器：结果也相同（最大误差 ${apart}）。`,
    },
    holds: close(apart, values),
  }
}
