// Statements about convolution itself, checked on the run they are shown with.
import { say } from '../../base/text.ts'
import { border, type Pair, span, windowAt } from '../../tensor/geometry.ts'
import { at, type Tensor, tensor } from '../../tensor/tensor.ts'
import { tensorNamed } from '../query.ts'
import { replay } from '../replay.ts'
import { convolutionStepOf, lastOf } from '../window.ts'
import type { Check } from './check-claims.ts'
import { affordable, close, difference } from './close.ts'

/** A sample's output does not depend on the others of its batch. */
export const batchIsItsSamples: Check = (trace) => {
  const x = tensorNamed(trace, 'input')
  const [B, ...rest] = x.shape as [number]
  if (B === 1 || !affordable(trace)) return undefined
  const n = B - 1
  const { id, values } = lastOf(trace)
  const alone = replay(trace, { input: tensor(at(x, n).data, [1, ...rest]) })[id] as Tensor
  const apart = difference(alone.data, values.subarray(n * alone.data.length))
  return {
    text: {
      en: say`Sample ${n} run by itself gives the same output as within the batch of ${B} (largest difference ${apart}).`,
      zh: say`样本 ${n} 单独运行，与放在 ${B} 个样本的批里结果相同（最大误差 ${apart}）。`,
    },
    holds: close(apart, alone.data),
  }
}

/** Why the output has as many rows as it has. */
export const outputRows: Check = (trace) => {
  const { attributes, shape, from } = convolutionStepOf(trace)
  const [, , H] = tensorNamed(trace, from[0] as string).shape as [number, number, number]
  const { before, behind } = border(attributes, 0)
  const reach = span(attributes, 0)
  const [stride] = attributes.stride
  const positions = Math.floor((H + before + behind - reach) / stride) + 1
  const rows = shape[2] as number
  const padded = before + behind === 0 ? `${H}` : `${H} + ${before} + ${behind}`
  const sum =
    stride === 1 ? `${padded} - ${reach} + 1` : `floor((${padded} - ${reach}) / ${stride}) + 1`
  const kept =
    before + behind === 0
      ? { en: 'as many as went in.', zh: '与输入一样多。' }
      : {
          en: 'as many as went in: that is what the padding is for.',
          zh: '与输入一样多，填充就是为此。',
        }
  const smaller =
    stride === 1
      ? {
          en: `${H} went in; --padding same would keep them.`,
          zh: `输入是 ${H} 行；想保持不变，用 --padding same。`,
        }
      : { en: `the stride of ${stride} skips places.`, zh: `步长 ${stride} 会跳过一些位置。` }
  return {
    text: {
      en: say`A window of ${reach} rows has ${sum} = ${positions} places, so the output has ${rows} rows: ${rows === H ? kept.en : smaller.en}`,
      zh: say`${reach} 行高的窗口有 ${sum} = ${positions} 个位置，所以输出有 ${rows} 行：${rows === H ? kept.zh : smaller.zh}`,
    },
    holds: positions === rows,
  }
}

/** Where no padding is touched, a shifted input gives a shifted output. */
export const shiftsAlong: Check = (trace) => {
  const convolution = convolutionStepOf(trace)
  const { attributes, id, shape } = convolution
  if (attributes.stride[0] !== 1 || !affordable(trace)) return undefined
  const x = tensorNamed(trace, 'input')
  const [, , H, W] = x.shape as [number, number, number, number]
  const shifted = x.data.map((_, i) =>
    Math.floor(i / W) % H === 0 ? 0 : (x.data[i - W] as number),
  )
  const y = (replay(trace, { input: tensor(shifted, x.shape) }, id)[id] as Tensor).data
  const [, , rows, columns] = shape as [number, number, number, number]
  let worst = 0
  let compared = 0
  for (let i = 0; i < y.length - columns; i++) {
    const row = Math.floor(i / columns) % rows
    if (row + 1 >= rows) continue
    const read = [row, row + 1].flatMap((r) => windowAt(attributes, [H, W] as Pair, [r, 0]).rows)
    if (read.includes(null)) continue
    compared++
    worst = Math.max(
      worst,
      Math.abs((y[i + columns] as number) - (convolution.values[i] as number)),
    )
  }
  if (compared === 0) return undefined
  return {
    text: {
      en: say`Move the input down by a row, and the output moves down by a row (largest difference ${worst}, away from the padding).`,
      zh: say`输入下移一行，输出也下移一行（不碰填充处，最大误差 ${worst}）。`,
    },
    holds: close(worst, convolution.values),
  }
}
