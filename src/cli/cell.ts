// --at n,o,i,j: which output value is meant.
import { UsageError } from '../base/errors.ts'
import type { Text } from '../base/text.ts'
import type { Shape } from '../tensor/tensor.ts'
import type { ValueStep } from '../trace/trace.ts'

/** The flag, and what help says of it. */
export const atFlag = {
  flags: '--at <n,o,i,j>',
  help: {
    en: 'one output value, worked out: sample, channel, row, column',
    zh: '把一个输出值算给你看：样本、通道、行、列',
  },
}

const names: readonly Text[] = [
  { en: 'sample', zh: '样本' },
  { en: 'channel', zh: '通道' },
  { en: 'row', zh: '行' },
  { en: 'column', zh: '列' },
]

/**
 * The cell of the output that the text names.
 * @param shape (B, O, H', W') of the output
 * @throws {UsageError} if it is not four whole numbers, or outside the output
 */
export function readCell(text: string, shape: Shape): ValueStep['at'] {
  const parts = text.split(',').map((part) => part.trim())
  const cell = parts.map(Number)
  if (parts.length !== shape.length || !parts.every((part) => /^\d+$/.test(part)))
    throw new UsageError({
      en: `--at ${text}: expected four whole numbers, sample,channel,row,column, such as --at 0,0,0,0`,
      zh: `--at ${text}：应为四个整数，依次是样本、通道、行、列，例如 --at 0,0,0,0`,
    })
  const outside = cell.findIndex((index, axis) => index >= (shape[axis] as number))
  if (outside >= 0) throw outsideOutput(text, cell, shape, outside)
  return cell as unknown as ValueStep['at']
}

function outsideOutput(text: string, cell: number[], shape: Shape, axis: number): UsageError {
  const last = (shape[axis] as number) - 1
  const name = names[axis] as Text
  const nearest = cell.map((index, a) => Math.min(index, (shape[a] as number) - 1)).join(',')
  const output = `[${shape.join(', ')}]`
  return new UsageError({
    en: `--at ${text}: ${name.en} ${cell[axis]} is outside the output ${output}, whose last ${name.en} is ${last}: use --at ${nearest}`,
    zh: `--at ${text}：${name.zh} ${cell[axis]} 超出输出 ${output}，${name.zh}号最大为 ${last}：请用 --at ${nearest}`,
  })
}
