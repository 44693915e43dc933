// What the axes of a step are called, and what its sizes count.
import type { Text } from '../base/text.ts'
import { sizeOf } from '../tensor/tensor.ts'
import type { Axis, Step, ValueStep } from '../trace/trace.ts'
import type { Style } from './style.ts'

type Saying = Pick<Style, 'say'>

export const axisWords: Readonly<Record<Axis, Text>> = {
  batch: { en: 'sample', zh: '样本' },
  channel: { en: 'channel', zh: '通道' },
  row: { en: 'row', zh: '行' },
  col: { en: 'col', zh: '列' },
  out: { en: 'output', zh: '输出通道' },
  in: { en: 'input', zh: '输入通道' },
  expert: { en: 'expert', zh: '专家' },
  value: { en: 'value', zh: '第' },
}

/** What each size of a shape counts. */
const counted: Readonly<Record<Axis, (size: number) => Text>> = {
  batch: (n) => ({ en: n === 1 ? '1 sample' : `${n} samples`, zh: `${n} 个样本` }),
  channel: (n) => ({ en: n === 1 ? '1 channel' : `${n} channels`, zh: `${n} 个通道` }),
  row: (n) => ({ en: n === 1 ? '1 row' : `${n} rows`, zh: `${n} 行` }),
  col: (n) => ({ en: n === 1 ? '1 column' : `${n} columns`, zh: `${n} 列` }),
  out: (n) => ({ en: `${n} output`, zh: `${n} 个输出通道` }),
  in: (n) => ({ en: `${n} input`, zh: `${n} 个输入通道` }),
  expert: (n) => ({ en: n === 1 ? '1 expert' : `${n} experts`, zh: `${n} 个专家` }),
  value: (n) => ({ en: n === 1 ? '1 value' : `${n} values`, zh: `${n} 个值` }),
}

/** 16 output × 3 input × 3 rows × 3 columns */
export function axesText(
  { shape, axes }: Pick<Step | ValueStep, 'shape' | 'axes'>,
  style: Saying & Pick<Style, 'plain'>,
): string {
  const parts = shape.map((size, axis) => style.say(counted[axes[axis] ?? 'value'](size)))
  return parts.join(style.plain(' × '))
}

/** What value number k of a sample belongs to: expert 2, or row 0 col 1 of a kernel. */
export function labelOf(
  { shape, axes }: Pick<Step, 'shape' | 'axes'>,
  k: number,
  style: Saying,
): string {
  const inner = shape.map((_, axis) => axis).slice(1)
  const varying = inner.filter((axis) => shape[axis] !== 1)
  return (varying.length > 0 ? varying : inner.slice(0, 1))
    .map((axis) => {
      const at = Math.floor(k / sizeOf(shape.slice(axis + 1))) % (shape[axis] as number)
      return `${style.say(axisWords[axes[axis] as Axis])} ${at}`
    })
    .join(' ')
}
