// Statements about the weights that mix the experts, checked on the run they are shown with.
import type { Check } from '../../layers/explanation.ts'
import { ops } from '../../tensor/ops.ts'
import { at, sizeOf, type Tensor, tensor } from '../../tensor/tensor.ts'
import { type Phrase, say } from '../../text.ts'
import { mixtureOf } from '../mixture.ts'
import { stepOf, tensorNamed, tensorOf } from '../query.ts'
import { replay } from '../replay.ts'
import type { Trace } from '../trace.ts'
import { makerOf } from '../window.ts'
import { affordable, difference } from './close.ts'

/** Every row of these weights sums to 1. */
export function sumsToOne(id: string): Check {
  return (trace) => {
    const { shape, values } = stepOf(trace, id)
    const size = sizeOf(shape.slice(1))
    let worst = 0
    for (let start = 0; start < values.length; start += size) {
      const sum = values.subarray(start, start + size).reduce((total, each) => total + each, 0)
      worst = Math.max(worst, Math.abs(sum - 1))
    }
    return {
      text: {
        en: say`The weights of a sample sum to 1 (largest difference ${worst}).`,
        zh: say`每个样本的权重之和为 1（最大误差 ${worst}）。`,
      },
      holds: worst < 1e-5,
    }
  }
}

const HOT = 30

/** What the same scores become at a temperature of 30, or of 1 where the run is hot already. */
export function temperatureFlattens(id: string): Check {
  return (trace) => {
    const step = stepOf(trace, id)
    if (step.op !== 'softmax' || (step.shape[1] as number) === 1) return undefined
    const T = step.attributes.temperature
    const other = T < HOT ? HOT : 1
    const scores = tensorNamed(trace, step.from[0] as string)
    const weights = ops.softmax([scores], { axis: 1, temperature: other })
    const first = at(weights, 0).data
    const gap = (row: Float32Array) => Math.max(...row) - Math.min(...row)
    const [now, then] = [gap(at(tensorOf(step), 0).data), gap(first)]
    return {
      text: {
        en: [
          ...say`At T = ${other} the same scores give `,
          ...list(first),
          ...say`: the largest and the smallest lie ${then} apart, here (T = ${T}) ${now}.`,
        ],
        zh: [
          ...say`若 T = ${other}，同样的分数得到 `,
          ...list(first),
          ...say`：最大与最小相差 ${then}；本次（T = ${T}）相差 ${now}。`,
        ],
      },
      holds: other > T ? then <= now : then >= now,
    }
  }
}

/** The first few values, separated by blanks. */
function list(values: Float32Array): Phrase {
  const shown = [...values.subarray(0, 8)].flatMap((value, i) =>
    i === 0 ? [value] : ['  ', value],
  )
  return values.length > 8 ? [...shown, ' …'] : shown
}

/** Another input gets another kernel from the same experts: shown with x + 1, or with another sample. */
export const anotherInput: Check = (trace) => {
  const { convolution } = makerOf(trace)
  const kernelId = convolution.from[1] as string
  const kernel = stepOf(trace, kernelId)
  const mixture = mixtureOf(trace, kernel)
  if (mixture === undefined || !affordable(trace)) return undefined
  const weights = stepOf(trace, expertsWeightsOf(trace, kernelId))
  const B = trace.input.shape[0] as number
  const rowOf = (x: Tensor, n: number) => {
    const size = x.data.length / B
    return x.data.subarray(n * size, (n + 1) * size)
  }
  const x = stepOf(trace, 'input')
  const flipped =
    B === 1
      ? replay(
          trace,
          {
            input: tensor(
              x.values.map((value) => value + 1),
              x.shape,
            ),
          },
          kernelId,
        )
      : {}
  const then = B === 1 ? rowOf(flipped[weights.id] as Tensor, 0) : rowOf(tensorOf(weights), 1)
  const kernels = B === 1 ? rowOf(flipped[kernelId] as Tensor, 0) : rowOf(tensorOf(kernel), 1)
  const moved = difference(rowOf(tensorOf(kernel), 0), kernels)
  const other =
    B === 1
      ? { en: 'Feed x + 1 instead, a brighter image', zh: '输入改成 x + 1（图像变亮）' }
      : { en: 'Sample 1', zh: '样本 1' }
  return {
    text: {
      en: [
        ...say`${other.en}: the attention is `,
        ...list(then),
        ...say`, and the kernel differs by up to ${moved}. The experts are the same.`,
      ],
      zh: [
        ...say`${other.zh}：注意力是 `,
        ...list(then),
        ...say`，聚合卷积核最多相差 ${moved}；专家不变。`,
      ],
    },
    holds: mixture.terms === 1 ? moved === 0 : moved > 0,
  }
}

/** The step of weights, one an expert, that the kernel is mixed by. */
function expertsWeightsOf(trace: Trace, kernelId: string): string {
  const { from } = stepOf(trace, kernelId)
  const weights = from.filter(
    (name) => trace.steps.find(({ id }) => id === name)?.kind === 'weights',
  )
  return weights.at(-1) as string
}
