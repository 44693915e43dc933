// What explain mode says of every step of the dynamic layer.
import { sumsToOne, temperatureFlattens } from '../../trace/checks/attention-checks.ts'
import { expertExplanations, inputExplanation, poolExplanation } from '../expert-explanations.ts'
import type { Explanations } from '../explanation.ts'
import type { DynamicConfig } from './options.ts'
import type { steps } from './text.ts'

export const explanations: Explanations<keyof typeof steps, DynamicConfig> = {
  input: inputExplanation,
  pool: poolExplanation,
  fc1: {
    torch: 'fc1 = self.fc1(pool)',
    why: (trace) => {
      const { in: C, hidden: h } = trace.config
      return {
        en: `A 1x1 convolution of a 1x1 map is a fully connected layer: each of its ${h} outputs is a weighted sum of the ${C} channel means, plus a bias. The attention is tiny beside the convolution that it steers.`,
        zh: `对 1x1 的图做 1x1 卷积，就是全连接层：${h} 个输出各是 ${C} 个通道均值的加权和，再加偏置。比起它要指挥的卷积，注意力分支小得多。`,
      }
    },
  },
  relu: {
    torch: 'relu = F.relu(fc1)',
    why: {
      en: 'Negative values become 0, positive ones stay. Without this bend the two layers of the attention would be one linear layer, and the scores could only follow the means in proportion.',
      zh: '负数变成 0，正数不变。没有这一弯折，注意力的两层就等于一层线性变换，分数只会随均值成比例地变。',
    },
  },
  fc2: {
    torch: 'fc2 = self.fc2(relu).flatten(1)',
    why: (trace) => {
      const { kernels: K } = trace.config
      return {
        en: `Another 1x1 convolution gives every kernel a score, ${K} in all. A score may be negative and by itself means nothing: only the differences between the scores count, since softmax comes next.`,
        zh: `再做一次 1x1 卷积，给 ${K} 个卷积核各打一个分。分数可以是负的，单看一个没有意义：接下来是 softmax，起作用的只有分数之差。`,
      }
    },
  },
  attention: {
    torch: (trace) => `attention = F.softmax(fc2 / ${trace.config.temperature}, 1)`,
    why: (trace) => {
      const { kernels: K, temperature: T } = trace.config
      return {
        en: `Softmax turns the scores into shares: all positive, 1 in all, a higher score a larger share. The temperature T divides the scores first. A high T makes their differences small, so every share comes near 1/${K} and the layer acts like one averaged kernel, whatever the input; in training this lets every kernel learn. A low T leaves nearly everything to the best kernel. Here T = ${T}.`,
        zh: `softmax 把分数变成份额：都是正数，合起来是 1，分数越高份额越大。温度 T 先去除分数。温度高，分数之差就小，各份额都接近 1/${K}，不管输入是什么，这一层都像一个平均的卷积核；训练之初用高温，是为了让每个卷积核都学到东西。温度低，份额几乎全归得分最高的那个。这里 T = ${T}。`,
      }
    },
    checks: [sumsToOne('attention'), temperatureFlattens('attention')],
    trap: {
      en: '"All my weights are 1/K, why?" A high temperature, or an input whose channel means are near 0.',
      zh: '“权重怎么全是 1/K？”温度太高，或者输入各通道的均值都接近 0。',
      more: 'mistakes uniform-attention',
    },
  },
  ...expertExplanations('attention'),
}
