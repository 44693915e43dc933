// What explain mode says of every step of ODConv.
import { anotherInput } from '../../trace/checks/attention-checks.ts'
import { batchIsItsSamples, outputRows } from '../../trace/checks/convolution-checks.ts'
import { newNormDivides } from '../../trace/checks/norm.ts'
import {
  scaledInputIsScaledKernels,
  scaledOutputIsScaledKernels,
} from '../../trace/checks/scaling.ts'
import type { Trace } from '../../trace/trace.ts'
import {
  convolutionLine,
  expertExplanations,
  inputExplanation,
  poolExplanation,
} from '../expert-explanations.ts'
import type { Explanations } from '../explanation.ts'
import { kernelShape } from '../geometry-options.ts'
import { originText } from '../value-origin.ts'
import { type AttentionHead, headsOf, NARROWEST, reducedWidth } from './attention.ts'
import { absent, attentionExplanations } from './explain-attention.ts'
import type { ODConvConfig } from './options.ts'
import type { steps } from './text.ts'

export const explanations: Explanations<keyof typeof steps, ODConvConfig> = {
  input: inputExplanation,
  pool: poolExplanation,
  fc: {
    torch: 'fc = self.fc(pool)',
    why: (trace) => {
      const config = trace.config
      const { in: C, reduction: r } = config
      const a = reducedWidth(config)
      const heads = headsOf(config).length
      const left = absent(config)
      return {
        en: `One trunk serves every attention that follows, ${heads} here: ${a} weighted sums of the ${C} channel means, without bias, since batch norm comes next and has one. Its width is that of the input divided by the reduction, ${C} / ${r}, but not below ${NARROWEST}.${left.map(({ en }) => ` ${en}`).join('')}`,
        zh: `后面的 ${heads} 种注意力共用这一层：${C} 个通道均值的 ${a} 个加权和；不带偏置，因为接下来的批归一化自己有。宽度是输入通道数除以压缩比，即 ${C} / ${r}，但不少于 ${NARROWEST}。${left.map(({ zh }) => zh).join('')}`,
      }
    },
    trap: {
      en: 'ODConv has not always four attentions: one with nothing to choose from is left out, with its parameters and its random draws.',
      zh: 'ODConv 不一定有四种注意力：没有可选的那一种会省去，它的参数和随机数也都没有。',
    },
  },
  norm: {
    torch: 'norm = self.bn(fc)',
    why: ({ weights }) => {
      const running = weights
        ? { en: `that ${weights.source} holds`, zh: `${weights.source} 里的` }
        : { en: 'that a new layer has, 0 and 1', zh: '新建的层所带的' }
      const fresh = weights ? '' : '（0 和 1）'
      return {
        en: `Batch norm brings the values of each channel to a common scale. Here it runs as at inference: with the running mean and variance ${running.en}, the same for every input, so that a sample does not depend on its batch.`,
        zh: `批归一化把各通道的数拉到同样的尺度。这里按推理方式运行：用${running.zh}滑动均值和方差${fresh}，对所有输入都一样，样本之间互不影响。`,
      }
    },
    checks: [newNormDivides],
    trap: {
      en: 'In training mode a batch of one raises "Expected more than 1 value per channel when training": after pooling there is a single value a channel, and no variance. Train with larger batches, or call .eval() for inference.',
      zh: '训练模式下，批里只有一个样本会报错 “Expected more than 1 value per channel when training”：池化之后每个通道只剩一个数，算不出方差。训练时加大批量，推理时先调用 .eval()。',
    },
  },
  relu: {
    torch: 'relu = F.relu(norm)',
    why: (trace) => ({
      en: `Negative values become 0. Every head that follows is a linear layer of these ${reducedWidth(trace.config)} values; without the bend they could only follow the means in proportion.`,
      zh: `负数变成 0。后面每个分支都是对这 ${reducedWidth(trace.config)} 个数的线性变换；没有这一弯折，分数只会随均值成比例地变。`,
    }),
  },
  ...attentionExplanations,
  'scaled-input': {
    torch: 'x = x * channel',
    why: {
      en: 'Each input channel is multiplied by its weight. The paper multiplies the kernels, each slice that reads the channel; convolution is linear, so this is the same, and no sample needs a copy of the kernels for it.',
      zh: '每个输入通道乘以自己的权重。论文写的是去乘卷积核中读这个通道的那一片；卷积是线性的，两者相同，而且不必为每个样本另存一份卷积核。',
    },
    checks: [scaledInputIsScaledKernels],
  },
  experts: {
    ...expertExplanations('kernel').experts,
    torch: 'experts = self.weight',
    why: (trace) => {
      const config = trace.config
      const { kernels: K } = config
      const size = kernelShape(config)
      const values = size.reduce((a, b) => a * b, 1)
      const origin = originText(trace, {
        en: "as the authors' program draws them (kaiming_normal_)",
        zh: '与作者的程序相同（kaiming_normal_）',
      })
      return {
        en: `${K === 1 ? 'The kernel is' : `Each of the ${K} kernels is`} the whole kernel of a convolution: ${size.join(' x ')} = ${values} values, the same for every input. ${origin.en}`,
        zh: `${K === 1 ? '这个专家就是' : `${K} 个专家各是`}一整套卷积核：${size.join(' x ')} = ${values} 个数，对所有输入都一样。${origin.zh}`,
      }
    },
    checks: [],
  },
  'aggregate-weight': {
    torch: (trace) => {
      const config = trace.config
      const factors = mixers(config)
      const sum =
        factors.length > 0
          ? `(${[...factors, 'experts'].join(' * ')}).sum(1)`
          : 'experts.repeat(batch, 1, 1, 1, 1)'
      return `weight = ${sum}.view(batch * ${config.out}, ${kernelShape(config).slice(1).join(', ')})`
    },
    why: (trace) => {
      const config = trace.config
      const { kernels: K } = config
      const factors = mixers(config)
      if (factors.length === 0)
        return {
          en: 'One kernel of one position: there is nothing to mix, and every sample meets the same kernel. What is dynamic here is the scaling around the convolution.',
          zh: '只有一个卷积核、一个位置：没有可聚合的，每个样本用的是同一个核。这里“动态”的是卷积前后的缩放。',
        }
      const spatial = factors.includes('spatial')
      const kernel = factors.includes('kernel')
      return {
        en: `${kernel ? `The ${K} kernels are summed, each by its own weight` : 'The kernel is weighed'}${spatial ? `${kernel ? ', and' : ':'} every position by the weight of its place in the window` : ''}. The weights belong to a sample, so each sample gets a kernel of its own; its shape is that of one kernel.`,
        zh: `${kernel ? `${K} 个卷积核按各自的权重相加` : '给卷积核加权'}${spatial ? `${kernel ? '，' : '：'}每个位置乘以它在窗口里的权重` : ''}。权重是每个样本自己的，所以每个样本都有自己的核；形状就是一个卷积核。`,
      }
    },
    checks: [anotherInput],
    trap: {
      en: 'For a batch the kernels lie one behind the other, batch * out of them: a view as (out, ...) fits one sample only.',
      zh: '成批时各样本的核依次排开，一共 batch * out 个：当成 (out, ...) 只对一个样本成立。',
      more: 'mistakes article-view',
    },
  },
  convolved: {
    torch: (trace) => `y = ${convolutionLine(trace, false)}.view(batch, ${trace.config.out}, ...)`,
    why: {
      en: 'An ordinary convolution of the scaled input with the mixed kernel, without bias. PyTorch is shown the batch as groups of one image, batch * groups groups, so that every sample meets its own kernel in a single call.',
      zh: '普通卷积：用聚合卷积核去卷缩放后的输入，不带偏置。把整批样本当成一张图的若干组交给 PyTorch，组数是 batch * groups，一次调用就让每个样本用上自己的核。',
    },
    checks: [outputRows],
    trap: {
      en: 'groups must be multiplied by the batch; left as it is, PyTorch takes the channels of all samples for those of one.',
      zh: 'groups 要乘以批大小；不乘的话，PyTorch 会把所有样本的通道当成一个样本的。',
      more: 'mistakes groups-not-multiplied',
    },
  },
  output: {
    torch: (trace) => (hasFilter(trace) ? 'output = y * filter' : 'output = y'),
    why: (trace) =>
      hasFilter(trace)
        ? {
            en: 'Each output channel is multiplied by its weight, which is the same as scaling the filter that made it. The two scalings cost a multiplication for every value of the input and of the output; that is most of what ODConv adds on large maps.',
            zh: '每个输出通道乘以自己的权重，等于缩放算出它的那个滤波器。两次缩放，输入和输出的每个值各乘一次；图大的时候，ODConv 多出来的计算主要在这里。',
          }
        : {
            en: 'This layer is depthwise: its output channels have no weights of their own, and the output is what was convolved.',
            zh: '这一层是逐通道（深度）卷积：输出通道没有自己的权重，卷积的结果就是输出。',
          },
    checks: [scaledOutputIsScaledKernels, batchIsItsSamples],
  },
}

/** The attentions that mix the kernels, as the PyTorch program calls them. */
function mixers(config: ODConvConfig): AttentionHead['name'][] {
  const names = headsOf(config).map(({ name }) => name)
  return names.filter((name) => name === 'spatial' || name === 'kernel')
}

function hasFilter({ config }: Trace<ODConvConfig>): boolean {
  return headsOf(config).some(({ name }) => name === 'filter')
}
