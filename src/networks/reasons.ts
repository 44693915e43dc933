// Why a published figure may differ from what is counted, as far as known, and other ways of
// counting that show what it may mean.
import type { Text } from '../base/text.ts'
import { networkUse } from '../layers/dynamic/count.ts'
import { everyBlock, type Placement } from '../layers/network-use.ts'
import type { CountPlan } from './count-network.ts'
import { networks } from './networks.ts'

/** Another way to count the same row, to see what the printed figure may mean. */
export interface Otherwise {
  readonly words: Text
  readonly change?: Partial<CountPlan>
  /** count the pools' additions too */
  readonly additions?: true
}

export const unexplained: Text = {
  en: 'not reproduced; the source does not say what it counted',
  zh: '未能复现；出处没有说明计入了哪些项',
}

export const roundNumber: Text = {
  en: "a round number: the ODConv README's 300.8M is the same network",
  zh: '取了整数：ODConv README 里同一网络写作 300.8M',
}

export const odconvWork: Text = {
  en: 'the README does not say how attention, mixing and scaling were counted',
  zh: 'README 没有说明注意力、聚合和缩放是怎么计的',
}

export const smaller: Text = {
  en: 'the table of the MobileNetV3 paper, and torchvision, give a smaller network',
  zh: '按 MobileNetV3 论文的结构表（torchvision 相同）算出来更小',
}

export const nearlyCondConv: Text = {
  en: 'close; the README does not say how pools and squeeze-excitation were counted',
  zh: '很接近；README 没有说明池化和 SE 模块是怎么计的',
}

export const strideOn3x3: Text = {
  en: 'ours has the stride on the 3x3, as torchvision has it',
  zh: '我们把步长放在 3x3 上，与 torchvision 相同',
}

export const withPools: Otherwise = {
  words: { en: "with the pools' additions", zh: '计入池化的加法' },
  additions: true,
}

export const withHead: Otherwise = {
  words: { en: 'with the last 1x1 dynamic too', zh: '最后的 1x1 也换成动态卷积' },
  change: { placement: { roles: ['block', 'head'] } },
}

export const biased: Otherwise = {
  words: { en: 'with a bias on the first attention layer', zh: '注意力第一层带偏置' },
  change: { use: { ...networkUse, without: [] } },
}

/** ResNets as first published, the stride on a bottleneck's first convolution. */
export function strideFirst(name: 'resnet50' | 'resnet101'): Otherwise {
  const network = networks[name]
  const stages = network.stages.map((stage) => ({ ...stage, strideOn: 'first' as const }))
  return {
    words: { en: 'with the stride on the first 1x1', zh: '步长放在第一个 1x1 上' },
    change: { network: { ...network, stages } },
  }
}

export const withoutClassifier: Otherwise = {
  words: { en: 'without the classifier', zh: '不计分类层' },
  change: { network: { ...networks.resnet18, classifier: [] } },
}

export const withShortcuts: Otherwise = {
  words: { en: 'with the shortcuts dynamic too', zh: '捷径上的 1x1 也换成动态卷积' },
  change: { placement: { roles: ['block', 'shortcut'] } satisfies Placement },
}

export const withStaticShortcuts: Otherwise = {
  words: { en: 'with the shortcuts static', zh: '捷径上的 1x1 保持普通卷积' },
  change: { placement: everyBlock },
}
