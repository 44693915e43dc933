// Where the papers put their layers in a network, and what of a layer they leave out. A network
// that no paper of a layer counts gets the layer in every convolution of its blocks.
import type { LayerName } from '../layers/index.ts'
import type { Text } from '../text.ts'
import type { NetworkName } from './options.ts'
import type { Role } from './walk.ts'

export interface Placement {
  readonly roles: readonly Role[]
  /** only in so many stages at the end */
  readonly lastStages?: number
  /** no paper counts this pair */
  readonly unpublished?: true
}

/** How a layer is set up for a convolution of `channels` input channels, and what it lacks. */
export interface Manner {
  /** the layer's options besides geometry and kernels; none has a bias on its convolution */
  options?(channels: number): Readonly<Record<string, unknown>>
  /** parameters of the layer that the paper's attention does not have, by state_dict name */
  readonly without?: readonly string[]
  /** one attention, on a block's input, serves all convolutions of the block */
  readonly sharedInBlock?: true
  readonly words: Text
}

export const everyBlock: Placement = { roles: ['block'] }

const everywhereButStem: Placement = { roles: ['block', 'shortcut', 'head'] }

const placements: Readonly<
  Record<Exclude<LayerName, 'static'>, Partial<Record<NetworkName, Placement>>>
> = {
  dynamic: {
    'mobilenet-v2': everyBlock,
    'mobilenet-v3-small': everyBlock,
    resnet18: everyBlock,
    resnet50: everywhereButStem, // as FDConv counts it
  },
  condconv: {
    'efficientnet-b0': { roles: ['block'], lastStages: 3 },
    'efficientnet-b0-depth': { roles: ['block'], lastStages: 3 },
  },
  odconv: {
    resnet18: everyBlock,
    resnet50: everyBlock,
    resnet101: everyBlock,
    'mobilenet-v2': { roles: ['block', 'head'] },
  },
}

export function placementOf(layer: LayerName, network: NetworkName): Placement {
  if (layer === 'static') return { roles: [] }
  return placements[layer][network] ?? { ...everyBlock, unpublished: true }
}

export const manners: Readonly<Record<LayerName, Manner>> = {
  static: {
    words: { en: 'ordinary convolutions everywhere', zh: '全部是普通卷积' },
  },
  dynamic: {
    options: (channels) => ({ hidden: Math.max(1, Math.floor(channels / 4)) }),
    without: ['attention.fc1.bias'],
    words: {
      en: 'attention of hidden width C/4, its first layer without bias, and no biases to mix',
      zh: '注意力分支隐藏层宽 C/4，第一层无偏置；专家不带偏置',
    },
  },
  condconv: {
    sharedInBlock: true,
    words: {
      en: 'one routing for each block, a linear layer with bias on its input, shared by its convolutions',
      zh: '每个块共用一个路由：以块的输入为输入、带偏置的线性层',
    },
  },
  odconv: {
    words: {
      en: 'reduction to max(C/16, 16); no filter attention on depthwise, none of the kernel window on 1x1',
      zh: '注意力分支压缩到 max(C/16, 16)；逐通道（深度）卷积没有滤波器注意力，1x1 没有空间注意力',
    },
  },
}
