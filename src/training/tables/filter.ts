// Noise filtered by one of four filters, and a plane of the input that says which: the experiment
// whose outcome theory knows.
import type { Experiment } from '../experiment.ts'
import { tiny } from './classification.ts'
import { filterQuestions } from './questions.ts'

const data = { kind: 'filter', cue: true } as const

export const filter: Experiment = {
  name: 'filter',
  title: { en: 'one of four filters, told by a cue', zh: '四选一的滤波器，由线索指明' },
  about: {
    en: 'The input is noise beside a constant plane, the cue; the target is the noise filtered by Sobel x, Sobel y, a Laplacian or a box, as the cue says. The four filters are orthonormal, so a kernel that ignores the cue explains 1/4 of the variance, and K kernels explain K/4. Does training find that?',
    zh: '输入是一个噪声平面加一个常数平面（线索）；目标是噪声经过滤波的结果，用 Sobel x、Sobel y、拉普拉斯还是均值滤波由线索决定。四个滤波器标准正交，所以不看线索的卷积核只能解释方差的 1/4，K 个卷积核能解释 K/4。训练能做到吗？',
  },
  network: 'filter',
  train: data,
  tests: [
    {
      name: 'test',
      title: { en: 'images like those in training', zh: '与训练同类的图像' },
      data,
      offset: 2,
    },
  ],
  cue: 'filter',
  models: ['S', 'D1', 'D2', 'D3', 'D4', 'D4-T1', 'D4-T30', 'U4', 'D4-nocue', 'R4', 'R8', 'C4'],
  further: ['D8'],
  quick: { models: ['S', 'D1', 'D2', 'D3', 'D4', 'U4', 'D4-nocue', 'R8'], seeds: 5 },
  questions: filterQuestions,
  takeaway: [
    {
      en: 'The task was made for dynamic convolution: the right kernel depends on the input, and the mean of a channel says how. What it does here it can do where both are so.',
      zh: '这个任务就是照动态卷积的样子设计的：该用哪个卷积核取决于输入，而通道均值恰好说明该用哪个。满足这两点的地方，它才能这样发挥作用。',
    },
    {
      en: 'Read the mixed kernels, not the attention: weights of 0.5 and 0.5 can make a perfect filter out of two experts that look like nothing.',
      zh: '要看混合后的卷积核，不要看注意力：各占一半的权重，也能把两个看不出名堂的专家混成完美的滤波器。',
    },
    {
      en: 'A static network with hidden channels and a ReLU (R4, R8) depends on its input, too. Attention is one way to do that, not the only one.',
      zh: '带隐藏通道和 ReLU 的静态网络（R4、R8）也依赖输入。注意力是做到这一点的一种办法，不是唯一的办法。',
    },
    tiny,
  ],
}
