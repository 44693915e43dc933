import { everyBlock, type NetworkUse } from '../network-use.ts'

export const networkUse: NetworkUse = {
  places: {
    resnet18: everyBlock,
    resnet50: everyBlock,
    resnet101: everyBlock,
    'mobilenet-v2': { roles: ['block', 'head'] },
  },
  words: [
    {
      en: 'reduction to max(C/16, 16); no filter attention on depthwise, none of the kernel window on 1x1',
      zh: '注意力分支压缩到 max(C/16, 16)；逐通道（深度）卷积没有滤波器注意力，1x1 没有空间注意力',
    },
    {
      en: "its scaling of the input's and output's channels is under other",
      zh: '对输入、输出通道的缩放归入“其他”',
    },
  ],
}
