// What explain mode says of every step of CondConv.
import { eachByItself } from '../../trace/checks/attention-checks.ts'
import { expertExplanations, inputExplanation, poolExplanation } from '../expert-explanations.ts'
import type { Explanations } from '../explanation.ts'
import type { CondConvConfig } from './options.ts'
import type { steps } from './text.ts'

export const explanations: Explanations<keyof typeof steps, CondConvConfig> = {
  input: inputExplanation,
  pool: poolExplanation,
  logits: {
    torch: 'logits = self.routing(pool.flatten(1))',
    why: (trace) => {
      const { in: C, kernels: K } = trace.config
      return {
        en: `A single linear layer gives every one of the ${K} experts a score from the ${C} channel means, plus a bias. There is no hidden layer. In the authors' networks the three convolutions of a block share these scores; a single layer has its own.`,
        zh: `只用一个线性层，由 ${C} 个通道均值给 ${K} 个专家各打一个分，再加偏置，没有隐藏层。在作者的网络里，一个模块的三个卷积共用这些分数；单独一层则用自己的。`,
      }
    },
  },
  routing: {
    torch: 'routing = torch.sigmoid(logits)',
    why: {
      en: 'Sigmoid looks at each score by itself: several experts may get much, or none of them. The weights need not sum to 1, so the mixed kernel can be larger or smaller than any expert. There is no temperature.',
      zh: 'sigmoid 单独看每个分数：可以几个专家都很重，也可以都很轻。权重之和不必为 1，聚合卷积核因此可大可小。这里没有温度。',
    },
    checks: [eachByItself('routing')],
    trap: {
      en: '"CondConv and dynamic convolution are the same." The skeleton is; sigmoid here, softmax with a temperature there.',
      zh: '“CondConv 就是动态卷积。”骨架相同；一个用 sigmoid，一个用带温度的 softmax。',
      more: 'mistakes sigmoid-is-not-softmax',
    },
  },
  ...expertExplanations('routing'),
}
