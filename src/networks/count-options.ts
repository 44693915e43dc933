// What can be set about a count, and which networks there are: as much as help needs to know.
import { choice, count, type OptionTable, pair, positive } from '../base/options.ts'
import { type LayerName, layers, ordinary } from '../layers/index.ts'

export const networkNames = [
  'resnet18',
  'resnet50',
  'resnet101',
  'mobilenet-v2',
  'mobilenet-v3-small',
  'mobilenet-v3-large',
  'efficientnet-b0',
  'efficientnet-b0-depth',
] as const

export type NetworkName = (typeof networkNames)[number]

const layerNames = Object.keys(layers) as LayerName[]

export const countOptions = {
  layer: choice(layerNames, {
    help: { en: 'what stands where the papers put it', zh: '按论文的位置换上哪种层' },
    fallback: ordinary,
  }),
  kernels: count({
    short: 'K',
    help: { en: 'kernels to mix (experts)', zh: '参与聚合的卷积核个数（专家数）' },
    fallback: 4,
  }),
  width: positive({
    help: {
      en: 'width multiplier of the network; from 10 on it is columns of the page',
      zh: '网络的宽度系数；不小于 10 时表示页面列数',
    },
    example: '0.5',
    fallback: 1,
  }),
  size: pair(1, {
    help: { en: 'image rows and columns', zh: '图像的行数和列数' },
    fallback: [224, 224],
  }),
} satisfies OptionTable
