// A statement about batch norm, checked on the run it is shown with.
import { say } from '../../base/text.ts'
import { stepOf, tensorNamed } from '../query.ts'
import type { Check } from './check-claims.ts'
import { close, difference } from './close.ts'

/** With the statistics and the weights of a new layer, batch norm divides by sqrt(1 + eps). */
export const newNormDivides: Check = (trace) => {
  const step = stepOf(trace, 'norm')
  if (step.op !== 'batchNorm') return undefined
  const { eps } = step.attributes
  const by = Math.sqrt(1 + eps)
  const x = tensorNamed(trace, step.from[0] as string)
  const apart = difference(
    step.values,
    x.data.map((value) => value / by),
  )
  return {
    text: {
      en: say`A new layer has mean ${0}, variance ${1}, weight ${1} and bias ${0}: batch norm only divides by sqrt(1 + ${String(eps)}) (largest difference ${apart}).`,
      zh: say`新建的层均值 ${0}、方差 ${1}、权重 ${1}、偏置 ${0}：批归一化只是除以 sqrt(1 + ${String(eps)})（最大误差 ${apart}）。`,
    },
    holds: close(apart, step.values),
  }
}
