import type { NetworkUse } from '../network-use.ts'

export const networkUse: NetworkUse = {
  places: {
    'efficientnet-b0': { roles: ['block'], lastStages: 3 },
    'efficientnet-b0-depth': { roles: ['block'], lastStages: 3 },
  },
  sharedInBlock: true,
  words: [
    {
      en: 'one routing for each block, a linear layer with bias on its input, shared by its convolutions',
      zh: '每个块共用一个路由：以块的输入为输入、带偏置的线性层',
    },
  ],
}
