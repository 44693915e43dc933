// What explain mode says of every step of ODConv.
import { anotherInput } from '../../trace/claims/attention.ts'
import { batchIsItsSamples, outputRows } from '../../trace/claims/convolution.ts'
import { stepOf } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import { inputExplanation, poolExplanation } from '../expert-explanations.ts'
import type { Explanation, Explanations } from '../explanation.ts'
import { headsOf, widthOf } from './attention.ts'
import type { ODConvConfig } from './layer.ts'
import type { steps } from './text.ts'

const configOf = ({ config }: Trace) => config as unknown as ODConvConfig

/** The line of the program for the head of that name. */
function head(name: 'channel' | 'filter' | 'spatial' | 'kernel'): Explanation['torch'] {
  return (trace) => {
    const config = configOf(trace)
    const shape = headsOf(config).find((each) => each.name === name)?.shape ?? []
    const scaled = `self.${name}_fc(relu)${config.temperature === 1 ? '' : ` / ${config.temperature}`}`
    const weights = name === 'kernel' ? `F.softmax(${scaled}, 1)` : `torch.sigmoid(${scaled})`
    return `${name} = ${weights}.view(-1, ${shape.join(', ')})`
  }
}

export const explanations: Explanations<keyof typeof steps> = {
  input: inputExplanation,
  pool: poolExplanation,
  fc: {
    torch: 'fc = self.fc(pool)',
    why: (trace) => {
      const config = configOf(trace)
      return {
        en: `The four attentions share a trunk: one linear layer without bias, from ${config.in} channel means to ${widthOf(config)} values (a sixteenth of the channels, and 16 at least).`,
        zh: `四种注意力共用一个公共层：不带偏置的线性层，把 ${config.in} 个通道均值变成 ${widthOf(config)} 个值（通道数的十六分之一，至少 16）。`,
      }
    },
  },
  norm: {
    torch: 'norm = self.bn(fc)',
    why: {
      en: 'Batch norm brings the values to a common scale. At inference it uses the statistics gathered in training; in a new layer these are mean 0 and variance 1, so that nearly nothing changes.',
      zh: '批归一化把数值拉到同一尺度。推理时用训练中积累的统计量；新建的层是均值 0、方差 1，所以几乎不变。',
    },
    trap: {
      en: 'In training mode a batch of one raises an error here, since a single value has no variance: call .eval() first.',
      zh: '训练模式下，批里只有一个样本时这里会报错：一个数没有方差。请先调用 .eval()。',
    },
  },
  relu: {
    torch: 'relu = F.relu(norm)',
    why: {
      en: 'Negative values become 0. What is left is all that the four heads see of the input.',
      zh: '负数变成 0。四个头看到的输入，就只剩这些。',
    },
  },
  'channel-attention': {
    torch: head('channel'),
    why: {
      en: 'How much every input channel counts, each from 0 to 1 by itself. It is applied to the input, which gives the same as applying it to the kernels and costs less.',
      zh: '每个输入通道有多重要，各自在 0 到 1 之间。权重乘在输入上，效果与乘在卷积核上相同，却更省。',
    },
  },
  'filter-attention': {
    torch: head('filter'),
    why: {
      en: 'How much every output channel counts; applied to the output at the end. A depthwise layer has none, since its filters are its channels.',
      zh: '每个输出通道有多重要，最后乘在输出上。逐通道卷积没有这一项，因为它的滤波器就是通道。',
    },
  },
  'spatial-attention': {
    torch: head('spatial'),
    why: {
      en: 'How much every position in the kernel counts, the same for all kernels and channels. A 1x1 kernel has but one position, and no such attention.',
      zh: '核内每个位置有多重要，所有卷积核、所有通道共用。1x1 的核只有一个位置，没有这一项。',
    },
  },
  'kernel-attention': {
    torch: head('kernel'),
    why: {
      en: 'How much every kernel counts: the one attention that a dynamic layer has too, softmax with a temperature. With one kernel there is nothing to choose.',
      zh: '每个卷积核占多少：这正是动态卷积也有的那一种，带温度的 softmax。只有一个核时不必选。',
    },
  },
  'scaled-input': {
    torch: 'x = x * channel',
    why: {
      en: 'Every channel of the input is multiplied by its weight: a channel that counts little is turned down before the convolution.',
      zh: '输入的每个通道乘上自己的权重：不重要的通道在卷积之前就被调低。',
    },
  },
  experts: {
    torch: 'experts = self.weight',
    why: (trace) => {
      const [K, ...kernel] = stepOf(trace, 'experts').shape
      return {
        en: `${K} kernels of ${kernel.join(' x ')} values, learnt, and the same for every input.`,
        zh: `${K} 个卷积核，各 ${kernel.join(' x ')} 个数；它们是学出来的，对所有输入都一样。`,
      }
    },
  },
  'aggregate-weight': {
    torch: (trace) => {
      const { from } = stepOf(trace, 'aggregate-weight')
      const factors = from.map((id) => id.replace('-attention', ''))
      return factors.length > 1
        ? `weight = (${factors.join(' * ')}).sum(1)`
        : 'weight = experts.repeat(batch, 1, 1, 1, 1)'
    },
    why: {
      en: 'The kernels are weighed position by position and kernel by kernel, and summed: one kernel for each sample, of the same shape as any single one.',
      zh: '卷积核逐位置、逐个加权后求和：每个样本得到一个卷积核，形状与其中任何一个相同。',
    },
    checks: [anotherInput],
  },
  convolved: {
    torch: (trace) =>
      `y = F.conv2d(x.view(1, -1, H, W), weight, groups=${configOf(trace).groups} * batch)`,
    why: {
      en: "An ordinary convolution of the scaled input with the sample's own kernel, without bias.",
      zh: '用这个样本自己的卷积核，对缩放过的输入做普通卷积，不加偏置。',
    },
    checks: [outputRows],
  },
  output: {
    torch: (trace) =>
      stepOf(trace, 'output').op === 'multiply' ? 'output = y * filter' : 'output = y',
    why: {
      en: 'Every output channel is multiplied by its weight. Input, kernel positions, kernels and output have now all been weighed: the four dimensions that the name speaks of.',
      zh: '每个输出通道乘上自己的权重。至此输入通道、核内位置、卷积核、输出通道都加了权：名字里的“全维”就是这四维。',
    },
    checks: [batchIsItsSamples],
  },
}
