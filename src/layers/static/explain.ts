// What explain mode says of every step of an ordinary convolution.
import {
  batchIsItsSamples,
  outputRows,
  shiftsAlong,
} from '../../trace/checks/convolution-checks.ts'
import { inputExplanation } from '../expert-explanations.ts'
import type { Explanations } from '../explanation.ts'
import { fanIn, kernelShape } from '../geometry-options.ts'
import { likeConv2d, originText } from '../value-origin.ts'
import type { StaticConfig } from './options.ts'
import type { steps } from './text.ts'

export const explanations: Explanations<keyof typeof steps, StaticConfig> = {
  input: inputExplanation,
  weight: {
    torch: 'layer.weight',
    why: (trace) => {
      const config = trace.config
      const [out, channels, rows, columns] = kernelShape(config)
      const origin = originText(trace, likeConv2d)
      return {
        en: `One kernel for each of the ${out} output channels; it has ${rows} x ${columns} weights for every one of the ${channels} input channels it reads. ${origin.en} They are the same for every sample and every place: that is what static means. A dynamic layer mixes its kernels anew for every sample.`,
        zh: `${out} 个输出通道各有一个卷积核，对它要读的 ${channels} 个输入通道各有 ${rows} x ${columns} 个权重。${origin.zh}它们对每个样本、每个位置都一样：“静态”就是这个意思。动态卷积则为每个样本重新混合。`,
      }
    },
    checks: [shiftsAlong],
    trap: {
      en: `The kernel's second axis is the input channels of one group, --in / --groups, not --in.`,
      zh: '卷积核的第二个轴是一组之内的输入通道数，即 --in / --groups，不是 --in。',
    },
  },
  bias: {
    torch: 'layer.bias',
    why: {
      en: 'One number for each output channel, added to every value of it. It moves the whole map up or down and cannot react to the input.',
      zh: '每个输出通道一个数，加到这个通道的每个值上：整张图一起升降，与输入无关。',
    },
  },
  output: {
    torch: 'output = layer(x)',
    why: (trace) => {
      const products = fanIn(trace.config)
      return {
        en: `The kernel is laid over a window of the input, ${products} products are taken and summed, and the bias is added: one output value. Then the window moves on by the stride. To see one value in full, add --at 0,0,0,0 or press p in the walk.`,
        zh: `卷积核盖在输入的一个窗口上，做 ${products} 次乘法、求和，再加偏置，得到一个输出值；然后窗口按步长移动。想看某个值怎么算出来，加 --at 0,0,0,0，或在逐步讲解里按 p。`,
      }
    },
    checks: [outputRows, batchIsItsSamples],
    trap: {
      en: 'Taps that fall on padding are multiplied too, by zero: they count as work, but add nothing.',
      zh: '落在填充上的采样点也照样相乘，只是乘的是零：计入计算量，但不影响结果。',
      more: 'mistakes padding-not-dynamics',
    },
  },
}
