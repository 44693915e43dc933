import { say } from '../base/text.ts'
import { ops } from '../ops/index.ts'
import { standardDeviation } from '../trace/stats.ts'
import { lab, mixKernels } from './lab.ts'
import { type Mistake, numberResult, values } from './mistake.ts'

const HIGH = 30

export const sigmoidIsNotSoftmax: Mistake = {
  name: 'sigmoid-is-not-softmax',
  title: {
    en: '"CondConv and dynamic convolution are the same"',
    zh: '“CondConv 和动态卷积是一回事”',
  },
  given: {},
  ways: [
    {
      title: { en: 'Sigmoid (CondConv)', zh: 'sigmoid（CondConv）' },
      code: `\
weights = torch.sigmoid(scores)
hot = torch.sigmoid(scores / ${HIGH})
kernel = weights @ weight.view(K, -1)`,
    },
    {
      title: { en: 'Softmax (dynamic)', zh: 'softmax（动态卷积）' },
      code: `\
weights = F.softmax(scores, 1)
hot = F.softmax(scores / ${HIGH}, 1)
kernel = weights @ weight.view(K, -1)`,
    },
  ],
  asked: [{ repository: 'xmu-xiaoma666/External-Attention-pytorch', number: 46, kind: 'issue' }],

  demonstrate() {
    const { scores, weight, config } = lab(sigmoidIsNotSoftmax.given)
    const ways = [1, HIGH].map((temperature) => [
      ops.sigmoid.forward([scores], { temperature }),
      ops.softmax.forward([scores], { axis: 1, temperature }),
    ])
    const [plain, hot] = ways as [(typeof ways)[0], (typeof ways)[0]]
    const sums = plain!.map(({ data }) => data.reduce((a, b) => a + b, 0))
    const expert = standardDeviation(weight.data)
    const scales = plain!.map(
      (weights) => standardDeviation(mixKernels(weights, weight).data) / expert,
    )
    const [sigmoid, softmax] = sums as [number, number]
    const half = 0.5 * config.kernels
    return {
      happens: {
        en: say`From the same scores, sigmoid weights sum to ${sigmoid}, softmax weights to ${softmax}; the mixed kernel's standard deviation is ${scales[0]!} and ${scales[1]!} of the experts'.`,
        zh: say`同样的分数，sigmoid 的权重之和是 ${sigmoid}，softmax 的是 ${softmax}；聚合卷积核的标准差分别是专家的 ${scales[0]!} 倍和 ${scales[1]!} 倍。`,
      },
      why: [
        {
          en: say`The skeleton is the same: pool, scores, weights, mix. But a sigmoid judges each kernel by itself: all may be near ${1}, or none. A softmax makes them compete for a sum of ${1}.`,
          zh: say`骨架相同：池化、打分、权重、聚合。但 sigmoid 单独评判每个卷积核，可以全都接近 ${1}，也可以一个都不接近；softmax 则让它们去分总和为 ${1} 的份额。`,
        },
        {
          en: say`Hence the temperature too: at T = ${HIGH} a softmax goes to 1/K each, the mean kernel; a sigmoid goes to ${0.5} each, a sum of ${half}. CondConv has no temperature.`,
          zh: say`温度也因此不同：T = ${HIGH} 时 softmax 趋向每个 1/K，即平均卷积核；sigmoid 趋向每个 ${0.5}，总和 ${half}。CondConv 没有温度。`,
        },
      ],
      findings: [
        {
          label: { en: 'weights', zh: '权重' },
          python: 'weights[0].tolist()',
          results: plain!.map(({ data }) => values(data)),
        },
        {
          label: { en: 'their sum', zh: '权重之和' },
          python: 'weights.sum().item()',
          results: sums.map(numberResult),
        },
        {
          label: { en: 'mixed / experts, std', zh: '聚合 / 专家标准差' },
          python: '(kernel.std() / weight.std()).item()',
          results: scales.map(numberResult),
        },
        {
          label: { en: `weights at T = ${HIGH}`, zh: `T = ${HIGH} 时的权重` },
          python: 'hot[0].tolist()',
          results: hot!.map(({ data }) => values(data)),
        },
      ],
    }
  },
}
