// Statements about the weights that mix the experts, checked on the run they are shown with.
import { type Phrase, say } from '../../base/text.ts'
import { ops } from '../../ops/index.ts'
import { at, sizeOf, type Tensor, tensor } from '../../tensor/tensor.ts'
import { mixtureOf } from '../mixture.ts'
import { stepOf, tensorNamed, tensorOf } from '../query.ts'
import { replay } from '../replay.ts'
import type { Step, Trace } from '../trace.ts'
import { convolutionStepOf } from '../window.ts'
import type { Check } from './check-claims.ts'
import { affordable, difference } from './close.ts'

/** Every row of these weights sums to 1. */
export function sumsToOne(id: string): Check {
  return (trace) => {
    const sums = sumsOf(tensorOf(stepOf(trace, id)))
    const worst = Math.max(...sums.map((sum) => Math.abs(sum - 1)))
    return {
      text: {
        en: say`The weights of a sample sum to 1 (largest difference ${worst}).`,
        zh: say`每个样本的权重之和为 1（最大误差 ${worst}）。`,
      },
      holds: worst < 1e-5,
    }
  }
}

/** Sigmoids: every weight by itself in 0..1, whatever they sum to. */
export function eachByItself(id: string): Check {
  return (trace) => {
    const sums = sumsOf(tensorOf(stepOf(trace, id)))
    const { values } = stepOf(trace, id)
    const [least, most] = [Math.min(...values), Math.max(...values)]
    const first = sums[0] as number
    return {
      text: {
        en: say`Every weight lies between 0 and 1 (${least} … ${most}); those of sample 0 sum to ${first}.`,
        zh: say`每个权重都在 0 和 1 之间（${least} … ${most}）；样本 0 的权重之和是 ${first}。`,
      },
      holds: least >= 0 && most <= 1,
    }
  }
}

/** The sum of every sample's weights. */
function sumsOf({ data, shape }: Tensor): number[] {
  const size = sizeOf(shape.slice(1))
  return Array.from({ length: shape[0] as number }, (_, n) =>
    data.subarray(n * size, (n + 1) * size).reduce((total, each) => total + each, 0),
  )
}

const HOT = 30

/** What the same scores become at a temperature of 30, or of 1 where the run is hot already. */
export function temperatureFlattens(id: string): Check {
  return (trace) => {
    const step = stepOf(trace, id)
    if (!isSoftmax(step) || (step.shape[1] as number) === 1) return undefined
    const T = step.attributes.temperature
    const other = T < HOT ? HOT : 1
    const parents = step.from.map((name) => tensorNamed(trace, name))
    const scores = step.op === 'softmax' ? (parents[0] as Tensor) : ops.linear.forward(parents, {})
    const weights = ops.softmax.forward([scores], { axis: 1, temperature: other })
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

function isSoftmax(step: Step): step is Step & { readonly op: 'softmax' | 'linearSoftmax' } {
  return step.op === 'softmax' || step.op === 'linearSoftmax'
}

/** The first few values, separated by blanks. */
function list(values: Float32Array): Phrase {
  const shown = [...values.subarray(0, 8)].flatMap((value, i) =>
    i === 0 ? [value] : ['  ', value],
  )
  return values.length > 8 ? [...shown, ' …'] : shown
}

/**
 * Another input gets another kernel from the same experts, if it gets another attention: shown with
 * x + 1, or in a batch with sample 1.
 */
export const anotherInput: Check = (trace) => {
  const kernelId = convolutionStepOf(trace).from[1] as string
  const kernel = stepOf(trace, kernelId)
  const weights = kernel.from.filter((name) => isWeights(trace, name))
  const shown = weights.at(-1)
  if (mixtureOf(trace, kernel) === undefined || shown === undefined || !affordable(trace))
    return undefined
  const B = trace.input.shape[0] as number
  const other = B === 1 ? brighter(trace, kernelId) : undefined
  const rowOf = (id: string, n: 0 | 1) => {
    const { data } = (n === 1 && other?.[id]) || tensorNamed(trace, id)
    const size = data.length / B
    return data.subarray((n % B) * size, ((n % B) + 1) * size)
  }
  const moved = (id: string) => difference(rowOf(id, 0), rowOf(id, 1))
  const kernelMoved = moved(kernelId)
  const attentionMoved = Math.max(...weights.map(moved))
  const who =
    B === 1
      ? { en: 'Feed x + 1 instead, a brighter image', zh: '输入改成 x + 1（图像变亮）' }
      : { en: 'Sample 1', zh: '样本 1' }
  const effect =
    attentionMoved === 0
      ? {
          en: say` as before, and so is the kernel: this attention does not react to the change.`,
          zh: say`，与先前一样，聚合卷积核也就没变：这里的注意力对此没有反应。`,
        }
      : {
          en: say`, and the kernel differs by up to ${kernelMoved}. The experts are the same.`,
          zh: say`，聚合卷积核最多相差 ${kernelMoved}；专家不变。`,
        }
  return {
    text: {
      en: [...say`${who.en}: the attention is `, ...list(rowOf(shown, 1)), ...effect.en],
      zh: [...say`${who.zh}：注意力是 `, ...list(rowOf(shown, 1)), ...effect.zh],
    },
    holds: attentionMoved > 0 === kernelMoved > 0,
  }
}

function isWeights({ steps }: Trace, name: string): boolean {
  return steps.some(({ id, kind }) => id === name && kind === 'weights')
}

/** The pass up to that step with every input value 1 higher. */
function brighter(trace: Trace, until: string): Readonly<Record<string, Tensor>> {
  const x = tensorNamed(trace, 'input')
  return replay(
    trace,
    {
      input: tensor(
        x.data.map((value) => value + 1),
        x.shape,
      ),
    },
    until,
  )
}
