import { say } from '../base/text.ts'
import { ops } from '../ops/index.ts'
import { evennessOf } from '../trace/attention-summary.ts'
import { standardDeviation } from '../trace/stats.ts'
import { lab, mixKernels } from './lab.ts'
import { type Mistake, numberResult, values } from './mistake.ts'

const HIGH = 34
const behind = `
kernel = attention @ weight.view(K, -1)
entropy = -(attention * attention.log()).sum() / torch.tensor(float(K)).log()`

export const uniformAttention: Mistake = {
  name: 'uniform-attention',
  title: {
    en: '"every weight is a quarter, why?"',
    zh: '“每个权重都是四分之一，为什么？”',
  },
  given: { in: 64, input: 'relu', size: 16 },
  ways: [
    { code: `attention = F.softmax(scores / ${HIGH}, 1)${behind}` },
    {
      code: `attention = F.softmax(scores / 1, 1)${behind}`,
      title: { en: 'At T = 1', zh: 'T = 1 时' },
    },
  ],
  asked: [{ repository: 'kaijieshi7/Dynamic-convolution-Pytorch', number: 22, kind: 'issue' }],
  more: 'sweep temperature --in 64 --input relu',

  demonstrate() {
    const { scores, attention, weight, config } = lab(uniformAttention.given)
    const hot = ops.softmax.forward([scores], { axis: 1, temperature: HIGH })
    const entropy = [hot, attention].map(({ data }) => evennessOf([...data]))
    const stds = [hot, attention].map((weights) =>
      standardDeviation(mixKernels(weights, weight).data),
    )
    const list = [...scores.data]
    const apart = Math.max(...list) - Math.min(...list)
    const even = 1 / config.kernels
    const off = Math.max(...hot.data.map((value) => Math.abs(value - even)))
    return {
      happens: {
        en: say`Nothing is broken. At T = ${HIGH}, where that repository's schedule starts, every weight lies within ${off} of 1/K = ${even}.`,
        zh: say`没有哪里坏了。那个仓库的调度从 T = ${HIGH} 开始，此时每个权重与 1/K = ${even} 最多差 ${off}。`,
      },
      why: [
        {
          en: say`The scores lie ${apart} apart; divided by ${HIGH} only ${apart / HIGH}, which the softmax hardly tells from equal. It is meant so: in the first epochs every kernel gets its share of the gradient, then T falls to ${1} and the weights may part.`,
          zh: say`分数相差 ${apart}，除以 ${HIGH} 只剩 ${apart / HIGH}，softmax 几乎看不出差别。这是有意的：头几轮让每个卷积核都分到梯度，之后 T 降到 ${1}，权重才拉开。`,
        },
        {
          en: say`If the weights stay alike at T = ${1}, look at the input: the attention sees channel means only, and those of normal noise are near zero. Check too that the schedule runs: T must be lowered by your training loop.`,
          zh: say`如果 T = ${1} 时权重仍差不多，就看看输入：注意力只看通道均值，正态噪声的均值接近零。还要确认调度真的在跑：T 要由训练循环去降。`,
        },
      ],
      findings: [
        {
          label: { en: 'attention', zh: '注意力' },
          python: 'attention[0].tolist()',
          results: [values(hot.data), values(attention.data)],
        },
        {
          label: { en: 'entropy / ln K', zh: '熵 / ln K' },
          python: 'entropy.item()',
          results: entropy.map(numberResult),
        },
        {
          label: { en: 'mixed kernel, std', zh: '聚合卷积核标准差' },
          python: 'kernel.std().item()',
          results: stds.map(numberResult),
        },
      ],
    }
  },
}
