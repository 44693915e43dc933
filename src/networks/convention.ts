// Which convention was counted, in words.
import type { Text } from '../base/text.ts'
import { type LayerName, layers, ordinary } from '../layers/index.ts'
import type { Placement, Role } from '../layers/network-use.ts'
import type { Count } from './count-network.ts'

const roleWords: Readonly<Record<Exclude<Role, 'stem'>, Text>> = {
  block: { en: 'the convolutions inside the blocks', zh: '块内的卷积' },
  shortcut: { en: 'the 1x1 of the shortcuts', zh: '捷径上的 1x1' },
  head: { en: 'the last 1x1', zh: '最后的 1x1' },
}

/** The convention, sentence by sentence. */
export function conventionOf({ plan, rows }: Count): readonly Text[] {
  const { network, layer, kernels, size, placement } = plan
  const pixels = size.join('x')
  const squeezes = rows.some(({ unit }) => unit.kind === 'squeeze-excitation')
  return [
    {
      en: `multiply-adds of one ${pixels} image: a multiplication and its addition are one, and taps on padding count`,
      zh: `乘加按一张 ${pixels} 图像计：一次乘法连同加法算一次，落在填充上的也算`,
    },
    {
      en: 'convolutions have no bias; a batch norm is 2 parameters a channel and no multiply-adds (it folds into the convolution); linear layers have a bias, and adding it is free',
      zh: '卷积不带偏置；批归一化每通道 2 个参数、不计乘加（可并入卷积）；线性层带偏置，加偏置不计',
    },
    {
      en: `pools only add, and their additions are in no multiply-add${squeezes ? '; squeeze-excitation is two linear layers and the scaling of its channels' : ''}`,
      zh: `池化只有加法，不计入乘加${squeezes ? '；SE 模块按两个线性层加逐通道缩放计' : ''}`,
    },
    ...(network.note ? [network.note] : []),
    ...(layer === ordinary ? [] : [whereText(layer, kernels, placement)]),
    ...(layers[layer].count?.words ?? []),
  ]
}

function whereText(layer: LayerName, kernels: number, placement: Placement): Text {
  const { roles, lastStages, unpublished } = placement
  const which = roles.filter((role) => role !== 'stem').map((role) => roleWords[role])
  const stages = lastStages
    ? { en: ` of the last ${lastStages} stages`, zh: `（仅最后 ${lastStages} 个阶段）` }
    : { en: '', zh: '' }
  const origin = unpublished
    ? { en: ' (no paper counts this pair)', zh: '（没有论文统计过这种组合）' }
    : { en: '', zh: '' }
  const mixes = 'kernels' in layers[layer].options
  const K = mixes ? { en: ` with K = ${kernels}`, zh: `（K = ${kernels}）` } : { en: '', zh: '' }
  return {
    en: `${layer}${K.en} stands for ${which.map(({ en }) => en).join(' and ')}${stages.en}; the rest stays static${origin.en}`,
    zh: `${layer}${K.zh}替换${which.map(({ zh }) => zh).join('和')}${stages.zh}，其余仍是普通卷积${origin.zh}`,
  }
}
