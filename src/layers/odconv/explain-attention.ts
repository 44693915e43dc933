// What explain mode says of ODConv's four attentions, and of those that a form lacks.
import type { Text } from '../../base/text.ts'
import {
  eachByItself,
  sumsToOne,
  temperatureFlattens,
} from '../../trace/checks/attention-checks.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Explanation, Explanations } from '../explanation.ts'
import { type AttentionHead, headsOf } from './attention.ts'
import type { ODConvConfig } from './options.ts'
import { attentionCode } from './torch.ts'

function headOf(trace: Trace<ODConvConfig>, name: AttentionHead['name']): AttentionHead {
  return headsOf(trace.config).find((head) => head.name === name) as AttentionHead
}

/** A head whose weights are sigmoids. */
function sigmoidHead(
  name: Exclude<AttentionHead['name'], 'kernel'>,
  why: (config: ODConvConfig) => Text,
  trap: NonNullable<Explanation['trap']>,
): Explanation<ODConvConfig> {
  return {
    torch: (trace) => `${name} = ${attentionCode(headOf(trace, name), trace.config.temperature)}`,
    why: (trace) => why(trace.config),
    checks: [eachByItself(`${name}-attention`)],
    trap,
  }
}

export const attentionExplanations: Explanations<
  `${AttentionHead['name']}-attention`,
  ODConvConfig
> = {
  'channel-attention': sigmoidHead(
    'channel',
    ({ in: C }) => ({
      en: `What to look at: each of the ${C} input channels gets a weight. Channels do not compete, each has a sigmoid of its own. A new layer's scores are near 0, so its weights start near a half.`,
      zh: `看什么：${C} 个输入通道各得一个权重。通道之间不竞争，各做各的 sigmoid。新建的层分数接近 0，权重也就从一半左右开始。`,
    }),
    {
      en: 'Sigmoid weights near a half are no fault: they scale everything by about that much, and training adjusts to that. Do not wait for them to sum to 1.',
      zh: 'sigmoid 权重都在一半左右并不是出错：只是把一切按这个比例缩小，训练会适应。不要指望它们的和是 1。',
    },
  ),
  'filter-attention': sigmoidHead(
    'filter',
    ({ out: O }) => ({
      en: `What to pass on: each of the ${O} output channels, the filters, gets a weight. It is computed before the convolution, from the input alone.`,
      zh: `输出什么：${O} 个输出通道（滤波器）各得一个权重。它在卷积之前就由输入算好了。`,
    }),
    {
      en: 'A depthwise layer has no such step: its output channels are its input channels, which have their weights already.',
      zh: '逐通道（深度）卷积没有这一步：输出通道就是输入通道，已经有权重了。',
    },
  ),
  'spatial-attention': sigmoidHead(
    'spatial',
    ({ kernelSize: [kh, kw] }) => ({
      en: `Where to look inside a window: each of the ${kh} x ${kw} = ${kh * kw} positions gets a weight, the same for all kernels and channels. It does not weigh places of the image.`,
      zh: `在窗口里看哪儿：${kh} x ${kw} = ${kh * kw} 个位置各得一个权重，所有卷积核、所有通道共用。它加权的不是图像上的位置。`,
    }),
    {
      en: 'Spatial attention elsewhere means a weight for every pixel of the image. Here it is for positions in the kernel; a 1x1 kernel has one, so there is no such step.',
      zh: '别处说的空间注意力，是给图像每个像素一个权重。这里是核内的位置；1x1 的核只有一个位置，所以没有这一步。',
    },
  ),
  'kernel-attention': {
    torch: (trace) =>
      `kernel = ${attentionCode(headOf(trace, 'kernel'), trace.config.temperature)}`,
    why: (trace) => {
      const { kernels: K, temperature: T } = trace.config
      return {
        en: `The attention of the dynamic layer: softmax makes the ${K} kernels share a sum of 1. The temperature, here ${T}, divides the scores of all the attentions; for softmax a high one brings every share near 1/${K}, for the sigmoids every weight near a half.`,
        zh: `这就是动态卷积的注意力：softmax 让 ${K} 个卷积核分总和为 1 的份额。温度（这里是 ${T}）去除各种注意力的分数：温度高，softmax 的份额都趋向 1/${K}，sigmoid 的权重都趋向一半。`,
      }
    },
    checks: [sumsToOne('kernel-attention'), temperatureFlattens('kernel-attention')],
    trap: {
      en: 'With K = 1 this step is gone, and still the layer is dynamic: the other attentions depend on the input.',
      zh: 'K = 1 时没有这一步，但这一层仍然是动态的：其余注意力照样随输入变化。',
    },
  },
}

/** Why those attentions that this form lacks are left out. */
export function absent(config: ODConvConfig): Text[] {
  const names = headsOf(config).map(({ name }) => name)
  const reasons = {
    filter: {
      en: 'There is no filter attention: in a depthwise layer the output channels are the input channels, weighed already.',
      zh: '没有滤波器注意力：逐通道（深度）卷积的输出通道就是输入通道，已经加过权了。',
    },
    spatial: {
      en: 'There is no spatial attention: a 1x1 kernel has one position.',
      zh: '没有空间注意力：1x1 的核只有一个位置。',
    },
    kernel: {
      en: 'There is no kernel attention: with K = 1, its softmax would always be 1.',
      zh: '没有核注意力：K = 1 时 softmax 恒为 1。',
    },
  }
  return (Object.keys(reasons) as (keyof typeof reasons)[])
    .filter((name) => !names.includes(name))
    .map((name) => reasons[name])
}
