// The networks that can be counted, each the table of its paper.

import type { NetworkName } from './count-options.ts'
import type { Network, Stage } from './network.ts'

const resnet = {
  stem: { out: 64, kernel: 7, stride: 2 },
  maxPool: true,
  classifier: [1000],
} as const

function bottlenecks(...repeats: readonly [number, number, number, number]): Stage[] {
  return repeats.map((repeats, at) => ({
    block: 'bottleneck',
    out: 256 * 2 ** at,
    repeats,
    stride: at === 0 ? 1 : 2,
  }))
}

const resnet18: Network = {
  name: 'resnet18',
  title: 'ResNet-18',
  source: 'He et al., arXiv 1512.03385',
  ...resnet,
  stages: [
    { block: 'basic', out: 64, repeats: 2, stride: 1 },
    { block: 'basic', out: 128, repeats: 2, stride: 2 },
    { block: 'basic', out: 256, repeats: 2, stride: 2 },
    { block: 'basic', out: 512, repeats: 2, stride: 2 },
  ],
}

const strideNote = {
  en: 'the stride is on the 3x3 convolution, as in torchvision',
  zh: '步长放在 3x3 卷积上，与 torchvision 相同',
}

const resnet50: Network = {
  name: 'resnet50',
  title: 'ResNet-50',
  source: 'He et al., arXiv 1512.03385',
  note: strideNote,
  ...resnet,
  stages: bottlenecks(3, 4, 6, 3),
}

const resnet101: Network = {
  name: 'resnet101',
  title: 'ResNet-101',
  source: 'He et al., arXiv 1512.03385',
  note: strideNote,
  ...resnet,
  stages: bottlenecks(3, 4, 23, 3),
}

const mobilenetV2: Network = {
  name: 'mobilenet-v2',
  title: 'MobileNetV2',
  source: 'Sandler et al., arXiv 1801.04381',
  widths: true,
  stem: { out: 32, kernel: 3, stride: 2 },
  stages: [
    { block: 'inverted', expand: 1, out: 16, repeats: 1, stride: 1 },
    { block: 'inverted', expand: 6, out: 24, repeats: 2, stride: 2 },
    { block: 'inverted', expand: 6, out: 32, repeats: 3, stride: 2 },
    { block: 'inverted', expand: 6, out: 64, repeats: 4, stride: 2 },
    { block: 'inverted', expand: 6, out: 96, repeats: 3, stride: 1 },
    { block: 'inverted', expand: 6, out: 160, repeats: 3, stride: 2 },
    { block: 'inverted', expand: 6, out: 320, repeats: 1, stride: 1 },
  ],
  head: 1280,
  classifier: [1000],
}

/** MobileNetV3 gives every block a line of its own: kernel, middle, out, squeezed or not, stride. */
function lines(
  ...rows: readonly (readonly [number, number, number, boolean, number])[]
): readonly Stage[] {
  return rows.map(([kernel, expanded, out, squeezed, stride]) => ({
    block: 'inverted',
    kernel,
    expanded,
    out,
    ...(squeezed && { squeeze: 'middle' as const }),
    repeats: 1,
    stride,
  }))
}

const mobilenetV3 = {
  source: 'Howard et al., arXiv 1905.02244',
  stem: { out: 16, kernel: 3, stride: 2 },
} as const

const mobilenetV3Small: Network = {
  name: 'mobilenet-v3-small',
  title: 'MobileNetV3-Small',
  ...mobilenetV3,
  stages: lines(
    [3, 16, 16, true, 2],
    [3, 72, 24, false, 2],
    [3, 88, 24, false, 1],
    [5, 96, 40, true, 2],
    [5, 240, 40, true, 1],
    [5, 240, 40, true, 1],
    [5, 120, 48, true, 1],
    [5, 144, 48, true, 1],
    [5, 288, 96, true, 2],
    [5, 576, 96, true, 1],
    [5, 576, 96, true, 1],
  ),
  head: 576,
  classifier: [1024, 1000],
}

const mobilenetV3Large: Network = {
  name: 'mobilenet-v3-large',
  title: 'MobileNetV3-Large',
  ...mobilenetV3,
  stages: lines(
    [3, 16, 16, false, 1],
    [3, 64, 24, false, 2],
    [3, 72, 24, false, 1],
    [5, 72, 40, true, 2],
    [5, 120, 40, true, 1],
    [5, 120, 40, true, 1],
    [3, 240, 80, false, 2],
    [3, 200, 80, false, 1],
    [3, 184, 80, false, 1],
    [3, 184, 80, false, 1],
    [3, 480, 112, true, 1],
    [3, 672, 112, true, 1],
    [5, 672, 160, true, 2],
    [5, 960, 160, true, 1],
    [5, 960, 160, true, 1],
  ),
  head: 960,
  classifier: [1280, 1000],
}

const efficientnetB0: Network = {
  name: 'efficientnet-b0',
  title: 'EfficientNet-B0',
  source: 'Tan and Le, arXiv 1905.11946',
  stem: { out: 32, kernel: 3, stride: 2 },
  stages: [
    { block: 'inverted', kernel: 3, expand: 1, out: 16, repeats: 1, stride: 1, squeeze: 'input' },
    { block: 'inverted', kernel: 3, expand: 6, out: 24, repeats: 2, stride: 2, squeeze: 'input' },
    { block: 'inverted', kernel: 5, expand: 6, out: 40, repeats: 2, stride: 2, squeeze: 'input' },
    { block: 'inverted', kernel: 3, expand: 6, out: 80, repeats: 3, stride: 2, squeeze: 'input' },
    { block: 'inverted', kernel: 5, expand: 6, out: 112, repeats: 3, stride: 1, squeeze: 'input' },
    { block: 'inverted', kernel: 5, expand: 6, out: 192, repeats: 4, stride: 2, squeeze: 'input' },
    { block: 'inverted', kernel: 3, expand: 6, out: 320, repeats: 1, stride: 1, squeeze: 'input' },
  ],
  head: 1280,
  classifier: [1000],
}

const efficientnetB0Depth: Network = {
  ...efficientnetB0,
  name: 'efficientnet-b0-depth',
  title: 'EfficientNet-B0-depth',
  note: {
    en: 'B0 with depth multiplier 1.1: every count of repeats, rounded up',
    zh: 'B0 加深到 1.1 倍：每段的重复次数乘 1.1 后向上取整',
  },
  stages: efficientnetB0.stages.map((stage) => ({
    ...stage,
    repeats: Math.ceil(1.1 * stage.repeats),
  })),
}

export const networks = {
  resnet18,
  resnet50,
  resnet101,
  'mobilenet-v2': mobilenetV2,
  'mobilenet-v3-small': mobilenetV3Small,
  'mobilenet-v3-large': mobilenetV3Large,
  'efficientnet-b0': efficientnetB0,
  'efficientnet-b0-depth': efficientnetB0Depth,
} satisfies Record<NetworkName, Network>
