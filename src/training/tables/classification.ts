// What the experiments with classes share: the models they compare, and what none of them can say.
import type { Text } from '../../base/text.ts'
import type { Experiment } from '../experiment.ts'
import { classificationQuestions } from './questions.ts'

export const classification = {
  models: ['S-full', 'S', 'S-madd', 'S-par', 'U4', 'D4'],
  further: ['D4-T1', 'D4-T30', 'D1', 'D2', 'D3', 'D8', 'C4', 'SE'],
  // the widest network takes as long as four others together
  quick: { models: ['S-full', 'S', 'S-madd', 'U4', 'D4'], seeds: 5 },
  questions: classificationQuestions,
} as const satisfies Partial<Experiment>

export const fairness: Text = {
  en: 'A fair question names what is held equal. Against a static network of the same width, dynamic convolution has more parameters and more work; against one that starts too wide (S-full), it may win by its initial values alone: four experts averaged start half as wide. S starts as that average does.',
  zh: '公平的比较要先说清什么相同。与同宽的静态网络相比，动态卷积的参数更多、计算也更多；与初值偏大的 S-full 相比，它可能只是赢在初值：四个专家平均之后，初值的标准差只有一半。S 的初值就按这个平均值来取。',
}

export const tiny: Text = {
  en: 'These are networks of a few thousand parameters on small images. They neither confirm nor refute the results on ImageNet; they show how to ask.',
  zh: '这些网络只有几千个参数，图像也很小。它们既不能证实也不能推翻 ImageNet 上的结果，只是示范该怎么提问。',
}
