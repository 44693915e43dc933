// What papers and their authors' programs print about these networks, as they print it.
import type { Text } from '../base/text.ts'
import type { LayerName } from '../layers/index.ts'
import type { NetworkName } from './count-options.ts'
import {
  biased,
  nearlyCondConv,
  type Otherwise,
  odconvWork,
  roundNumber,
  smaller,
  strideFirst,
  strideOn3x3,
  unexplained,
  withHead,
  withoutClassifier,
  withPools,
  withShortcuts,
  withStaticShortcuts,
} from './reasons.ts'

export interface Publication {
  readonly title: string
  /** where it can be read */
  readonly at: string
  /** taken from another's account of the tables, not from the source itself */
  readonly secondHand?: true
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
  condconv: { title: 'CondConv README', at: 'github.com/tensorflow/tpu, efficientnet/condconv' },
  fdconv: { title: 'Chen et al., FDConv, on DY', at: 'arXiv 2503.18783' },
} as const satisfies Record<string, Publication>

export type SourceName = keyof typeof sources

const dynamicRows: PublishedRow[] = [
  {
    source: 'dynamic',
    network: 'mobilenet-v2',
    layer: 'static',
    multiplyAdds: {
      printed: '300M',
      reason: roundNumber,
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

/** Rows of ODConv's README: kernels (0 is static), then what is printed. */
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
    parameters: { printed: parameters },
    multiplyAdds: {
      printed: multiplyAdds,
      ...((kernels > 0 || stride) && {
        reason: kernels > 0 ? odconvWork : strideOn3x3,
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
    [0, '3.50M', '300.8M', '71.65'],
    [1, '4.94M', '311.8M', '74.74'],
    [4, '11.51M', '327.1M', '75.29'],
  ]),
  ...odconvRows('mobilenet-v2', 0.75, [
    [0, '2.64M', '209.1M', '69.18'],
    [1, '3.51M', '217.1M', '72.71'],
    [4, '7.50M', '226.3M', '74.01'],
  ]),
  ...odconvRows('mobilenet-v2', 0.5, [
    [0, '1.97M', '97.1M', '64.30'],
    [1, '2.43M', '101.8M', '68.06'],
    [4, '4.44M', '106.4M', '70.23'],
  ]),
  ...odconvRows('resnet18', 1, [
    [0, '11.69M', '1.814G', '70.25'],
    [1, '11.94M', '1.838G', '73.05'],
    [4, '44.90M', '1.916G', '74.19'],
  ]),
  ...odconvRows(
    'resnet50',
    1,
    [
      [0, '25.56M', '3.858G', '76.23'],
      [1, '28.64M', '3.916G', '77.87'],
      [4, '90.67M', '4.080G', '78.50'],
    ],
    strideFirst('resnet50'),
  ),
  ...odconvRows(
    'resnet101',
    1,
    [
      [0, '44.55M', '7.570G', '77.44'],
      [1, '50.82M', '7.675G', '78.84'],
      [2, '90.44M', '7.802G', '79.15'],
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
      otherwise: [withStaticShortcuts],
    },
  },
]
