import { code } from '../../src/course/code.ts'
import { wholes } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor, valuesFor } from '../../src/course/lesson-runs.ts'
import { short } from '../../src/course/question-text.ts'
import {
  fromNested,
  grouped,
  type Nested,
  ops,
  softmaxOf,
  toNested,
} from '../../src/course/toolbox.ts'

/** attention @ rows */
function mixed(attention: readonly number[], rows: Nested): number[] {
  const product = ops.matmul.forward([fromNested([attention]), fromNested(rows)], {})
  return (toNested(product) as number[][])[0] as number[]
}

/** What the prose says of the article's layer with seed 0. */
function facts() {
  const [attention, experts, kernel] = ['attention', 'experts', 'aggregate-weight'].map((step) =>
    valuesFor('dynamic', {}, step),
  ) as [number[], number[], number[]]
  const size = experts.length / attention.length
  const product = (weight: number, k: number) =>
    `${weight.toFixed(4)}*(${(experts[k * size] as number).toFixed(4)})`
  const cost = costFor('dynamic', {})
  const { multiplyAdds } = cost.line('convolution')
  return {
    sum: attention.map(product).join(' + '),
    value: (kernel[0] as number).toFixed(4),
    mixing: grouped(cost.line('aggregation').multiplyAdds),
    convolution: grouped(multiplyAdds),
    'four-convolutions': grouped(attention.length * multiplyAdds),
  }
}

export const lesson: Lesson = {
  taskId: 7,
  facts,
  questions: {
    value: number({ tolerance: 0.005 }, (dice) => {
      const attention = dice.pick([
        [0.5, 0.3, 0.2],
        [0.1, 0.6, 0.3],
        [0.2, 0.1, 0.7],
      ])
      const values = [0, 1, 2].map(() => dice.whole(-20, 20) / 10)
      const [answer] = mixed(
        attention,
        values.map((value) => [value]),
      ) as [number]
      const largest = attention.indexOf(Math.max(...attention))
      return {
        ask: {
          en: `The attention is ${attention.join(', ')}. At one place the three kernels have the values ${values.map(short).join(', ')}. What is there in the mixed kernel?`,
          zh: `注意力是 ${attention.join('、')}。在某个位置，三个卷积核的值是 ${values.map(short).join('、')}。聚合卷积核在这里的值是多少？`,
        },
        answer,
        mistakes: [
          {
            answer: values.reduce((sum, value) => sum + value, 0) / 3,
            says: {
              en: 'That is the plain mean: weigh by the attention.',
              zh: '那是普通平均：要按注意力加权。',
            },
          },
          {
            answer: values[largest] as number,
            says: {
              en: 'You chose the preferred kernel alone. Dynamic convolution mixes, it does not choose.',
              zh: '你只取了最受偏爱的那个。动态卷积是混合，不是挑选。',
            },
          },
          {
            answer: answer / 3,
            says: {
              en: 'The weights sum to 1 already: do not divide again.',
              zh: '权重加起来已经是 1，不用再除。',
            },
          },
        ],
        because: {
          en: 'The same sum at every place of the kernel, with the same weights.',
          zh: '卷积核的每个位置都这样求和，权重都一样。',
        },
        hints: [
          { en: 'Weight times value, for each kernel.', zh: '每个卷积核：权重乘以值。' },
          { en: 'Add the three products.', zh: '把三个乘积加起来。' },
        ],
        solution: {
          en: `${attention.map((weight, k) => `${weight}*(${short(values[k] as number)})`).join(' + ')} = ${short(answer)}`,
          zh: `${attention.map((weight, k) => `${weight}×(${short(values[k] as number)})`).join(' + ')} = ${short(answer)}`,
        },
      }
    }),
    linear: choice(() => ({
      ask: {
        en: 'Why does mixing the kernels first give the same output as mixing the K outputs afterwards?',
        zh: '为什么先聚合卷积核，与分别卷积再混合 K 个输出，结果相同？',
      },
      options: {
        linear: {
          text: { en: 'convolution is linear in its kernel', zh: '卷积对卷积核是线性的' },
          right: true,
        },
        sum: {
          text: { en: 'the attention sums to 1', zh: '注意力之和为 1' },
          says: {
            en: 'It would hold for any weights, also for those of CondConv (lesson 13), which do not sum to 1.',
            zh: '权重是什么都成立，CondConv（第 13 课）的权重之和不是 1，也照样成立。',
          },
        },
        similar: {
          text: { en: 'it does not, it is only close', zh: '其实不同，只是近似' },
          says: {
            en: 'It is equal, up to rounding: sums may be taken in any order.',
            zh: '除了舍入误差，完全相等：求和的先后可以交换。',
          },
        },
        relu: {
          text: { en: 'the ReLU behind it hides the difference', zh: '后面的 ReLU 把差别抹掉了' },
          says: {
            en: 'On the contrary: with a ReLU behind each convolution it would no longer hold.',
            zh: '恰恰相反：如果每个卷积后面都有 ReLU，就不再成立了。',
          },
        },
      },
      because: {
        en: '(π0 W0 + π1 W1) * x = π0 (W0 * x) + π1 (W1 * x).',
        zh: '(π0 W0 + π1 W1) * x = π0 (W0 * x) + π1 (W1 * x)。',
      },
      hints: [
        {
          en: 'Write one output value as a sum of products, for two kernels.',
          zh: '用两个卷积核，把一个输出值写成乘积之和。',
        },
        {
          en: 'Which property lets you take the π out of the sum?',
          zh: '是什么性质让 π 可以提到求和号外面？',
        },
      ],
      solution: {
        en: 'Linearity: a sum of weighed sums is the weighed sum of sums.',
        zh: '线性：加权和之和，等于和的加权和。',
      },
    })),
    aggregation: number({ tolerance: 0 }, (dice) => {
      const layer = { in: dice.whole(3, 9), out: dice.whole(10, 20), kernels: dice.pick([2, 3, 5]) }
      const { in: C, out: O, kernels: K } = layer
      const cost = (given: object) =>
        costFor('dynamic', { ...layer, ...given }).line('aggregation').multiplyAdds
      return {
        ask: {
          en: `${C} input channels, ${O} output channels, 3x3 kernels, K = ${K}, with biases. How many multiply-adds does the mixing take for one sample, kernels and biases together?`,
          zh: `输入 ${C} 个通道，输出 ${O} 个通道，3x3 卷积核，K = ${K}，带偏置。对一个样本，聚合（卷积核和偏置一起）要多少次乘加？`,
        },
        answer: cost({}),
        mistakes: [
          {
            answer: cost({ bias: false }),
            says: {
              en: 'Right up to the biases: they are mixed too.',
              zh: '只差偏置：偏置也要聚合。',
            },
          },
          {
            answer: cost({}) / K,
            says: {
              en: 'That is one kernel: every one of the K takes part.',
              zh: '那只是一个卷积核：K 个都要参与。',
            },
          },
          {
            answer: costFor('dynamic', { ...layer }).line('convolution').multiplyAdds,
            says: {
              en: 'That is the convolution with the mixed kernel.',
              zh: '那是用聚合卷积核做卷积的次数。',
            },
          },
        ],
        because: {
          en: 'Every value of every kernel is multiplied once. The size of the image plays no part: that is why it is cheap.',
          zh: '每个卷积核的每个值乘一次。与图片大小无关，所以便宜。',
        },
        hints: [
          { en: 'How many numbers have all K kernels together?', zh: 'K 个卷积核一共有多少个数？' },
          {
            en: `K * (${O}*${C}*9 weights + ${O} biases).`,
            zh: `K ×（${O}×${C}×9 个权重 + ${O} 个偏置）。`,
          },
        ],
        solution: {
          en: `${K} * (${O}*${C}*9 + ${O}) = ${cost({})}`,
          zh: `${K} × (${O}×${C}×9 + ${O}) = ${cost({})}`,
        },
      }
    }),
    'write-it': code(() => ({
      ask: {
        en: 'Write mix(attention, kernels, biases), which gives { kernel, bias }.',
        zh: '写出 mix(attention, kernels, biases)，返回 { kernel, bias }。',
      },
      function: 'mix',
      cases: (dice) => {
        const caseOf = (attention: number[], kernels: number[][], biases: number[][]) => ({
          input: [attention, kernels, biases],
          expected: { kernel: mixed(attention, kernels), bias: mixed(attention, biases) },
        })
        const small = caseOf(
          [0.25, 0.75],
          wholes(dice, 2, 3) as number[][],
          wholes(dice, 2, 1) as number[][],
        )
        const others = Array.from({ length: 5 }, () => {
          const [K, values, out] = [dice.whole(2, 5), dice.whole(4, 9), dice.whole(1, 3)]
          const draw = (count: number) =>
            Array.from(dice.stream.randn(count), (x) => Math.round(x * 100) / 100)
          const rows = (size: number) => Array.from({ length: K }, () => draw(size))
          return caseOf(softmaxOf(draw(K)), rows(values), rows(out))
        })
        return [small, ...others]
      },
      because: {
        en: 'In PyTorch these are two matrix products: attention @ kernels and attention @ biases.',
        zh: '用 PyTorch 写，就是两次矩阵乘法：attention @ kernels 和 attention @ biases。',
      },
      mistakes: [
        {
          edit: ['bias: weighed(biases)', 'bias: biases[0]'],
          says: {
            en: 'The kernel is right. The biases are mixed in the same way.',
            zh: '卷积核对了。偏置也要同样聚合。',
          },
        },
        {
          edit: ['attention[k] * row[at]', 'row[at] / attention.length'],
          says: {
            en: 'That is the plain mean: weigh by the attention.',
            zh: '那是普通平均：要按注意力加权。',
          },
        },
        {
          edit: ['attention[k] * row[at]', 'row[at]'],
          says: {
            en: 'You added the kernels up without their weights.',
            zh: '你把卷积核直接相加了，没有乘权重。',
          },
        },
      ],
      hints: [
        {
          en: 'For every place: the sum over k of attention[k] * kernels[k][place].',
          zh: '每个位置：对 k 求和 attention[k] * kernels[k][位置]。',
        },
        {
          en: 'Write it once, and use it for kernels and biases.',
          zh: '写一次，卷积核和偏置都能用。',
        },
      ],
      solution: {
        en: '`rows[0].map((_, at) => rows.reduce((sum, row, k) => sum + attention[k] * row[at], 0))`, for the kernels and for the biases.',
        zh: '`rows[0].map((_, at) => rows.reduce((sum, row, k) => sum + attention[k] * row[at], 0))`，卷积核和偏置各算一次。',
      },
    })),
  },
}
