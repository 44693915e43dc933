// What explain mode says of the steps that layers with experts share: K kernels, mixed into one.
import { anotherInput } from '../trace/checks/attention-checks.ts'
import { batchIsItsSamples, outputRows } from '../trace/checks/convolution-checks.ts'
import { mixThenConvolve, oneKernelIsStatic } from '../trace/checks/expert-checks.ts'
import { stepOf } from '../trace/query.ts'
import type { Trace } from '../trace/trace.ts'
import type { Explanation, Explanations } from './explanation.ts'
import type { GeometryConfig } from './geometry-options.ts'
import { paddingOf, tuple } from './python-literal.ts'
import { likeConv2d, originText } from './value-origin.ts'

type ExpertConfig = GeometryConfig & { readonly kernels: number; readonly bias?: boolean }

export const inputExplanation: Explanation = {
  torch: ({ input }) => `x.shape  # torch.Size([${input.shape.join(', ')}])`,
  why: ({ input }) => {
    const [B, C, H, W] = input.shape as [number, number, number, number]
    const samples = B === 1 ? 'one sample' : `${B} samples`
    return {
      en: `A batch of ${samples}, each with ${C} ${C === 1 ? 'channel' : 'channels'} of ${H} rows and ${W} columns: four axes, batch, channel, row, column, in this order everywhere. Whatever follows is computed from these values and the layer's parameters.`,
      zh: `一批 ${B} 个样本，每个样本 ${C} 个通道，每个通道 ${H} 行 ${W} 列。四个轴依次是批、通道、行、列，处处如此。后面的一切都由这些数和层的参数算出。`,
    }
  },
}

export const poolExplanation: Explanation = {
  torch: 'pool = F.adaptive_avg_pool2d(x, 1)',
  why: ({ input }) => {
    const [, C, H = 1, W = 1] = input.shape
    return {
      en: `To choose between kernels one need not see every pixel: each channel is summed up by the mean of its ${H * W} values. So ${C} numbers a sample are all that the attention gets to see.`,
      zh: `选卷积核不必看每个像素：每个通道用它 ${H * W} 个数的均值代表。注意力看到的，就是每个样本这 ${C} 个数。`,
    }
  },
  trap: {
    en: 'Random normal input has means near 0 in every channel, so the attention hardly tells samples apart. Real images differ: try --input varied.',
    zh: '标准正态的随机输入，各通道均值都接近 0，注意力几乎分不出样本。真实图像并不这样：试试 --input varied。',
    more: 'mistakes uniform-attention',
  },
}

/** The call that convolves every sample with its own kernel. */
export function convolutionLine(trace: Trace<GeometryConfig>, bias: boolean): string {
  const { stride, padding, dilation, groups } = trace.config
  const usual = { stride: '(1, 1)', padding: '(0, 0)', dilation: '(1, 1)' }
  const given = {
    stride: tuple(stride),
    padding: paddingOf(padding),
    dilation: tuple(dilation),
  }
  const arguments_ = Object.entries(given)
    .filter(([name, value]) => value !== usual[name as keyof typeof usual])
    .map(([name, value]) => `${name}=${value}, `)
  return `F.conv2d(x.view(1, -1, H, W), weight, ${bias ? 'bias, ' : ''}${arguments_.join('')}groups=${groups} * batch)`
}

/** @param weights the step whose weights mix the experts, as the PyTorch program calls it */
export function expertExplanations(
  weights: string,
): Explanations<'experts' | 'aggregate-weight' | 'aggregate-bias' | 'output', ExpertConfig> {
  return {
    experts: {
      torch: (trace) => `experts = self.weight.view(${trace.config.kernels}, -1)`,
      why: (trace) => {
        const { kernels: K, out, in: C, groups, kernelSize } = trace.config
        const size = [out, C / groups, ...kernelSize]
        const values = size.reduce((a, b) => a * b, 1)
        const origin = originText(trace, likeConv2d)
        return {
          en: `${K === 1 ? 'The expert is' : `Each of the ${K} experts is`} the whole kernel of a convolution: ${size.join(' x ')} = ${values} values. ${origin.en} They are the same for every input. View each as one long row, and mixing them becomes one matrix product.`,
          zh: `${K} 个专家各是一整套卷积核：${size.join(' x ')} = ${values} 个数。${origin.zh}它们对所有输入都一样。把每个拉成一长行，混合就成了一次矩阵乘法。`,
        }
      },
      checks: [oneKernelIsStatic],
      trap: {
        en: 'K is the number of kernels to mix, not of output channels: the output has --out channels whatever K is.',
        zh: 'K 是参与聚合的卷积核个数，不是输出通道数：不管 K 是几，输出通道数都由 --out 决定。',
        more: 'mistakes kernels-are-not-channels',
      },
    },
    'aggregate-weight': {
      torch: (trace) =>
        `weight = (${weights} @ experts).view(batch * ${trace.config.out}, ${stepOf(trace, 'aggregate-weight').shape.slice(1).join(', ')})`,
      why: (trace) => {
        const { kernels: K, out } = trace.config
        const [rows, ...kernel] = stepOf(trace, 'aggregate-weight').shape as [number]
        const B = rows / out
        const size = [out, ...kernel].join(', ')
        const batch =
          B === 1
            ? { en: '', zh: '' }
            : {
                en: ` The ${B} samples have one each, stacked along the first axis: ${B} x ${out} = ${rows}.`,
                zh: `${B} 个样本各有一个，沿第一个轴叠起来：${B} x ${out} = ${rows}。`,
              }
        return {
          en: `A weighted sum of ${K} kernels has the shape of one kernel, [${size}]: output channels, input channels of a group, kernel rows, kernel columns; the sum over the experts has used K up.${batch.en} Another sample brings other weights and so another kernel, from the same experts: this is what is dynamic. Since convolution is linear in its kernel, mixing first and convolving once gives what ${K} convolutions mixed afterwards would, for about 1/${K} of the work.`,
          zh: `${K} 个卷积核的加权和，形状还是一个卷积核：[${size}]，依次是输出通道、组内输入通道、核的行、核的列；对专家求和，K 这一维就没有了。${batch.zh}换一个样本，权重就不同，同样的专家就混出另一个卷积核：“动态”指的就是这个。卷积对卷积核是线性的，所以先聚合、再做一次卷积，等于做 ${K} 次卷积再混合，计算量却只有约 1/${K}。`,
        }
      },
      checks: [mixThenConvolve, anotherInput],
      trap: {
        en: 'The article writes .view(out, -1, k, k): right for one sample, an error for two.',
        zh: '文章写的是 .view(out, -1, k, k)：一个样本时没错，两个样本就报错。',
        more: 'mistakes article-view',
      },
    },
    'aggregate-bias': {
      torch: `bias = (${weights} @ self.bias).view(-1)`,
      why: {
        en: 'Every expert has a bias for each output channel. They are mixed by the same weights as the kernels; otherwise the result would not be the mixture of the experts.',
        zh: '每个专家对每个输出通道都有一个偏置，用与卷积核相同的权重混合；否则结果就不是各专家输出的混合了。',
      },
      trap: {
        en: 'For a batch the mixed bias has batch * out values, one set a sample: viewing it as (out) fails or mixes samples up.',
        zh: '成批时聚合后的偏置有 batch * out 个值，每个样本一组：当成 (out) 个就会出错，或者串了样本。',
        more: 'mistakes wrong-bias-view',
      },
    },
    output: {
      torch: (trace) => convolutionLine(trace, trace.config.bias !== false),
      why: {
        en: 'From here on it is an ordinary convolution, with the mixed kernel. So that every sample meets its own kernel in a single call, PyTorch is shown the batch as groups of one image: batch * groups groups. Each output value is a window of the input times the kernel, summed, plus the bias.',
        zh: '到这里就是普通卷积，用的是聚合卷积核。为了一次调用就让每个样本用上自己的核，把整批样本当成一张图的若干组交给 PyTorch：组数是 batch * groups。每个输出值，都是输入的一个窗口与卷积核逐个相乘、求和，再加偏置。',
      },
      checks: [outputRows, batchIsItsSamples],
      trap: {
        en: "The article's static layer pads by 1 and its dynamic layer by 0: the sizes differ by padding, not because the layer is dynamic.",
        zh: '文章里普通卷积填充 1，动态卷积填充 0：尺寸不同是因为填充，不是因为“动态”。',
        more: 'mistakes padding-not-dynamics',
      },
    },
  }
}
