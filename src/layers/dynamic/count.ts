import { everyBlock, type NetworkUse } from '../network-use.ts'

export const networkUse: NetworkUse = {
  places: {
    'mobilenet-v2': everyBlock,
    'mobilenet-v3-small': everyBlock,
    resnet18: everyBlock,
    resnet50: { roles: ['block', 'shortcut', 'head'] }, // as FDConv counts it
  },
  options: (channels) => ({ hidden: Math.max(1, Math.floor(channels / 4)) }),
  without: ['attention.fc1.bias'],
  words: [
    {
      en: 'attention of hidden width C/4, its first layer without bias, and no biases to mix',
      zh: '注意力分支隐藏层宽 C/4，第一层无偏置；专家不带偏置',
    },
  ],
}
