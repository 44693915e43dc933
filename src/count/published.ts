// What papers and their authors' programs print about these networks, as they print it.
import type { LayerName } from '../layers/index.ts'
import type { Text } from '../text.ts'
import type { CountPlan } from './count.ts'
import { networks } from './networks.ts'
import type { NetworkName } from './options.ts'
import { everyBlock, manners, type Placement } from './placement.ts'

export interface Source {
  readonly title: string
  /** where it can be read */
  readonly at: string
  /** taken from another's account of the tables, not from the source itself */
  readonly secondHand?: true
}

/** Another way to count the same row, to see what the printed figure may mean. */
export interface Otherwise {
  readonly words: Text
  readonly change?: Partial<CountPlan>
  /** count the pools' additions too */
  readonly additions?: true
}

export interface Figure {
  /** as printed: 11.51M, 1.81G */
  readonly printed: string
  /** why ours differs, as far as known */
  readonly reason?: Text
  readonly otherwise?: readonly Otherwise[]
}

export interface PublishedRow {
  readonly source: SourceName
  readonly network: NetworkName
  readonly width?: number
  readonly layer: LayerName
  readonly kernels?: number
  /** the figures are what comes on top of the static network */
  readonly onTop?: true
  readonly parameters?: Figure
  readonly multiplyAdds?: Figure
  /** top-1 accuracy on ImageNet as they print it; convlab measures none */
  readonly top1?: string
}

export const sources = {
  dynamic: {
    title: 'Chen et al., Dynamic Convolution (DY)',
    at: 'arXiv 1912.03458',
    secondHand: true,
  },
  odconv: { title: 'ODConv README', at: 'github.com/OSVAI/ODConv' },
  condconv: { title: 'CondConv README', at: 'arXiv 1904.04971' },
  fdconv: { title: 'FDConv', at: 'ResNet-50, DY 4x' },
} as const satisfies Record<string, Source>

export type SourceName = keyof typeof sources

// --- reasons, as far as known ---

const unexplained: Text = {
  en: 'not reproduced; the source does not say what it counted',
  zh: '未能复现；出处没有说明计入了哪些项',
}

const odconvWork: Text = {
  en: 'the README does not say how attention, mixing and scaling were counted',
  zh: 'README 没有说明注意力、聚合和缩放是怎么计的',
}

const smaller: Text = {
  en: 'the table of the MobileNetV3 paper, and torchvision, give a smaller network',
  zh: '按 MobileNetV3 论文的结构表（torchvision 相同）算出来更小',
}

const nearlyCondConv: Text = {
  en: 'close; the README does not say how pools and squeeze-excitation were counted',
  zh: '很接近；README 没有说明池化和 SE 模块是怎么计的',
}

const withPools: Otherwise = {
  words: { en: "with the pools' additions", zh: '计入池化的加法' },
  additions: true,
}

const withHead: Otherwise = {
  words: { en: 'with the last 1x1 dynamic too', zh: '最后的 1x1 也换成动态卷积' },
  change: { placement: { roles: ['block', 'head'] } },
}

const biased: Otherwise = {
  words: { en: 'with a bias on the first attention layer', zh: '注意力第一层带偏置' },
  change: { manner: { ...manners.dynamic, without: [] } },
}

/** ResNets as first published, the stride on a bottleneck's first convolution. */
function strideFirst(name: 'resnet50' | 'resnet101'): Otherwise {
  const network = networks[name]
  const stages = network.stages.map((stage) => ({ ...stage, strideOn: 'first' as const }))
  return {
    words: { en: 'with the stride on the first 1x1', zh: '步长放在第一个 1x1 上' },
    change: { network: { ...network, stages } },
  }
}

const withoutClassifier: Otherwise = {
  words: { en: 'without the classifier', zh: '不计分类层' },
  change: { network: { ...networks.resnet18, classifier: [] } },
}

const withShortcuts: Otherwise = {
  words: { en: 'with the shortcuts dynamic too', zh: '捷径上的 1x1 也换成动态卷积' },
  change: { placement: { roles: ['block', 'shortcut'] } satisfies Placement },
}

// --- the rows ---

const dynamicRows: PublishedRow[] = [
  {
    source: 'dynamic',
    network: 'mobilenet-v2',
    layer: 'static',
    multiplyAdds: {
      printed: '300M',
      reason: {
        en: "a round number: the ODConv README's 300.8M is the same network",
        zh: '取了整数：ODConv README 里同一网络写作 300.8M',
      },
    },
    top1: '72.0',
  },
  {
    source: 'dynamic',
    network: 'mobilenet-v2',
    layer: 'dynamic',
    parameters: { printed: '11M', otherwise: [withHead, biased] },
    multiplyAdds: {
      printed: '312.9M',
      reason: unexplained,
      otherwise: [withHead, withPools],
    },
    top1: '75.2',
  },
  { source: 'dynamic', network: 'mobilenet-v2', width: 0.5, layer: 'static', top1: '65.4' },
  { source: 'dynamic', network: 'mobilenet-v2', width: 0.5, layer: 'dynamic', top1: '69.9' },
  {
    source: 'dynamic',
    network: 'mobilenet-v3-small',
    layer: 'static',
    parameters: { printed: '2.9M', reason: smaller },
    multiplyAdds: { printed: '66.0M', reason: smaller },
    top1: '67.4',
  },
  {
    source: 'dynamic',
    network: 'mobilenet-v3-small',
    layer: 'dynamic',
    parameters: { printed: '4.8M', reason: smaller },
    multiplyAdds: { printed: '68.5M', reason: smaller },
    top1: '70.3',
  },
  {
    source: 'dynamic',
    network: 'resnet18',
    layer: 'static',
    parameters: { printed: '11.1M', reason: unexplained, otherwise: [withoutClassifier] },
    multiplyAdds: { printed: '1.81G' },
    top1: '70.4',
  },
  {
    source: 'dynamic',
    network: 'resnet18',
    layer: 'dynamic',
    parameters: {
      printed: '42.7M',
      reason: unexplained,
      otherwise: [withoutClassifier, withShortcuts],
    },
    multiplyAdds: { printed: '1.85G', reason: unexplained },
    top1: '72.7',
  },
]

type Printed = readonly [kernels: number, parameters: string, multiplyAdds: string, top1: string]

/** Rows of ODConv's README: kernels (0 is static), parameters and multiply-adds in M, top-1. */
function odconvRows(
  network: NetworkName,
  width: number,
  rows: readonly Printed[],
  stride?: Otherwise,
): PublishedRow[] {
  return rows.map(([kernels, parameters, multiplyAdds, top1]) => ({
    source: 'odconv',
    network,
    ...(width !== 1 && { width }),
    ...(kernels === 0 ? { layer: 'static' as const } : { layer: 'odconv' as const, kernels }),
    parameters: { printed: `${parameters}M` },
    multiplyAdds: {
      printed: `${multiplyAdds}M`,
      ...((kernels > 0 || stride) && {
        reason:
          kernels > 0
            ? odconvWork
            : {
                en: 'ours has the stride on the 3x3, as torchvision has it',
                zh: '我们把步长放在 3x3 上，与 torchvision 相同',
              },
      }),
      ...(stride && { otherwise: [stride] }),
    },
    top1,
  }))
}

function condconvRow(
  network: NetworkName,
  kernels: number,
  [parameters, multiplyAdds, top1]: readonly [string, string, string],
): PublishedRow {
  return {
    source: 'condconv',
    network,
    ...(kernels === 0 ? { layer: 'static' as const } : { layer: 'condconv' as const, kernels }),
    parameters: { printed: parameters },
    multiplyAdds: { printed: multiplyAdds, reason: nearlyCondConv, otherwise: [withPools] },
    top1,
  }
}

export const published: readonly PublishedRow[] = [
  ...dynamicRows,
  ...odconvRows('mobilenet-v2', 1, [
    [0, '3.50', '300.8', '71.65'],
    [1, '4.94', '311.8', '74.74'],
    [4, '11.51', '327.1', '75.29'],
  ]),
  ...odconvRows('mobilenet-v2', 0.75, [
    [0, '2.64', '209.1', '69.18'],
    [1, '3.51', '217.1', '72.71'],
    [4, '7.50', '226.3', '74.01'],
  ]),
  ...odconvRows('mobilenet-v2', 0.5, [
    [0, '1.97', '97.1', '64.30'],
    [1, '2.43', '101.8', '68.06'],
    [4, '4.44', '106.4', '70.23'],
  ]),
  ...odconvRows('resnet18', 1, [
    [0, '11.69', '1814', '70.25'],
    [1, '11.94', '1838', '73.05'],
    [4, '44.90', '1916', '74.19'],
  ]),
  ...odconvRows(
    'resnet50',
    1,
    [
      [0, '25.56', '3858', '76.23'],
      [1, '28.64', '3916', '77.87'],
      [4, '90.67', '4080', '78.50'],
    ],
    strideFirst('resnet50'),
  ),
  ...odconvRows(
    'resnet101',
    1,
    [
      [0, '44.55', '7570', '77.44'],
      [1, '50.82', '7675', '78.84'],
      [2, '90.44', '7802', '79.15'],
    ],
    strideFirst('resnet101'),
  ),
  condconvRow('efficientnet-b0', 0, ['5.3M', '391M', '77.3']),
  condconvRow('efficientnet-b0', 4, ['13.3M', '402M', '77.8']),
  condconvRow('efficientnet-b0', 8, ['24.0M', '413M', '78.3']),
  condconvRow('efficientnet-b0-depth', 8, ['39.7M', '614M', '79.5']),
  {
    source: 'fdconv',
    network: 'resnet50',
    layer: 'dynamic',
    onTop: true,
    parameters: {
      printed: '75.3M',
      otherwise: [
        {
          words: { en: 'with the shortcuts static', zh: '捷径上的 1x1 保持普通卷积' },
          change: { placement: everyBlock },
        },
      ],
    },
  },
]
