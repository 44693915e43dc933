import { code } from '../../src/course/code.ts'
import { wholes } from '../../src/course/dice.ts'
import { choice, choices } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor, shapeFor, valuesFor } from '../../src/course/lesson-runs.ts'
import { matrixText, short } from '../../src/course/question-text.ts'
import {
  convolve,
  fromNested,
  grouped,
  layers,
  type Nested,
  ops,
  sigmoidIsNotSoftmax,
  softmaxOf,
  standardDeviation,
  type Trace,
  toNested,
} from '../../src/course/toolbox.ts'

const small = { size: 8 }
const [thread] = sigmoidIsNotSoftmax.asked
const K = 4

function sigmoid(scores: Nested): Nested {
  return toNested(ops.sigmoid.forward([fromNested(scores)], { temperature: 1 }))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The standard deviation of the mixed kernel over that of the experts. */
function scaleOf(name: 'dynamic' | 'condconv'): string {
  const [mixed, experts] = ['aggregate-weight', 'experts'].map((step) =>
    standardDeviation(Float32Array.from(valuesFor(name, small, step))),
  ) as [number, number]
  return (mixed / experts).toFixed(2)
}

/** The largest sum of routing weights that a sample has. */
function largestSum(weights: readonly number[]): number {
  const samples = Array.from({ length: weights.length / K }, (_, n) =>
    sum(weights.slice(n * K, (n + 1) * K)),
  )
  return Math.max(...samples)
}

const MUCH = 2.2
const varied = { batch: 8, size: 8, input: 'varied' } as const

/** The first seed with which a sample turns on more than MUCH in all. */
function generousSeed(): string {
  for (let seed = 0; ; seed++)
    if (largestSum(valuesFor('condconv', { ...varied, seed: String(seed) }, 'routing')) > MUCH)
      return String(seed)
}

const heads = ['channel', 'filter', 'spatial', 'kernel'] as const

/** The attentions that ODConv has in this form. */
function headsOf(given: Readonly<Record<string, number>>): (typeof heads)[number][] {
  return heads.filter((head) => shapeFor('odconv', given, `${head}-attention`) !== undefined)
}

/** W(x) = sigmoid(scores) · Σ weights[n] · kernels[n] */
function mixedKernel(scores: Nested, weights: readonly number[], kernels: Nested): Nested {
  const all = fromNested(kernels)
  const [, ...positions] = all.shape
  const factors = [
    fromNested(sigmoid(scores)),
    fromNested(weights.map((weight) => [[weight]])),
    all,
  ]
  return toNested(
    ops.productSum.forward(factors, { shape: [weights.length, ...positions], axis: 0 }),
  )
}

const costs = {
  static: costFor('static', { bias: false }),
  dynamic: costFor('dynamic', { padding: 1 }),
  condconv: costFor('condconv', {}),
  odconv: costFor('odconv', {}),
}

export const lesson: Lesson = {
  taskId: 13,
  facts: () => ({
    'condconv-paper': layers.condconv.paper as string,
    'odconv-paper': layers.odconv.paper as string,
    sum: sum(valuesFor('condconv', small, 'routing')).toFixed(4),
    'routing-scale': scaleOf('condconv'),
    'attention-scale': scaleOf('dynamic'),
    scaling: grouped(costs.odconv.line('scaling').multiplyAdds),
    ...Object.fromEntries(
      Object.entries(costs).flatMap(([name, { parameters, multiplyAdds }]) => [
        [`${name}-parameters`, grouped(parameters)],
        [`${name}-work`, grouped(multiplyAdds)],
      ]),
    ),
  }),
  questions: {
    routing: number({ tolerance: 0.005 }, (dice) => {
      const scores = [dice.whole(3, 20) / 10, dice.whole(-12, 2) / 10, dice.whole(-5, 15) / 10]
      const [first] = scores as [number]
      const weights = sigmoid(scores) as number[]
      return {
        ask: {
          en: `The scores of three kernels are ${scores.map(short).join(', ')}. What routing weight does CondConv give the first one? Two decimals will do.`,
          zh: `三个卷积核的分数是 ${scores.map(short).join('、')}。CondConv 给第一个的路由权重是多少？保留两位小数即可。`,
        },
        answer: weights[0] as number,
        mistakes: [
          {
            answer: softmaxOf(scores)[0] as number,
            says: {
              en: 'That is softmax, which looks at the other scores as well. A sigmoid sees one score only.',
              zh: '那是 softmax，它还要看别的分数。sigmoid 只看一个分数。',
            },
          },
          {
            answer: (weights[0] as number) / sum(weights),
            says: {
              en: 'Do not divide by the sum: nothing makes these weights sum to 1.',
              zh: '不用再除以总和：这些权重之和不必为 1。',
            },
          },
          {
            answer: (sigmoid([-first]) as number[])[0] as number,
            says: {
              en: 'The sign: it is exp(-score) below the line, so that a high score gives a large weight.',
              zh: '符号错了：分母里是 exp(-s)，分数高，权重才大。',
            },
          },
        ],
        because: {
          en: 'The other two scores do not matter: each kernel is judged by itself.',
          zh: '另外两个分数没有影响：每个卷积核单独评判。',
        },
        hints: [
          { en: 'Which of the scores does the sigmoid see?', zh: 'sigmoid 看到的是哪个分数？' },
          {
            en: `1 / (1 + exp(${short(-first)}))`,
            zh: `1 / (1 + exp(${short(-first)}))`,
          },
        ],
        solution: {
          en: `1 / (1 + exp(${short(-first)})) = ${(weights[0] as number).toFixed(3)}`,
          zh: `1 / (1 + exp(${short(-first)})) = ${(weights[0] as number).toFixed(3)}`,
        },
      }
    }),
    zero: number({ tolerance: 0.005 }, (dice) => {
      const values = [0, 1, 2, 3].map(() => dice.whole(-9, 20) / 10)
      const routing = sigmoid(values.map(() => 0)) as number[]
      const mixed = (weights: readonly number[]) =>
        (
          toNested(
            ops.matmul.forward(
              [fromNested([weights]), fromNested(values.map((value) => [value]))],
              {},
            ),
          ) as number[][]
        )[0]?.[0] as number
      return {
        ask: {
          en: `CondConv, K = ${K}: for an image, all four scores are 0. At one place the kernels have the values ${values.map(short).join(', ')}. What has the mixed kernel there?`,
          zh: `CondConv，K = ${K}：某张图的四个分数都是 0。在某个位置，四个卷积核的值是 ${values.map(short).join('、')}。聚合卷积核在这里的值是多少？`,
        },
        answer: mixed(routing),
        mistakes: [
          {
            answer: mixed(softmaxOf(values.map(() => 0))),
            says: {
              en: 'That is the mean, which softmax gives. Each sigmoid of 0 is a half.',
              zh: '那是平均值，softmax 才这样。sigmoid(0) 各是一半。',
            },
          },
          {
            answer: sum(values),
            says: {
              en: 'That is the plain sum, every weight 1. The sigmoid of 0 is a half.',
              zh: '那是直接相加，相当于权重都是 1。sigmoid(0) 是一半。',
            },
          },
          {
            answer: 0,
            says: {
              en: 'A score of 0 is no weight of 0: sigmoid(0) = 1 / (1 + 1).',
              zh: '分数是 0，权重不是 0：sigmoid(0) = 1 / (1 + 1)。',
            },
          },
        ],
        because: {
          en: `Twice the mean: the weights sum to ${sum(routing)}. Where softmax averages, sigmoids may add up.`,
          zh: `正好是平均值的两倍：权重之和是 ${sum(routing)}。softmax 是取平均，sigmoid 则会累加。`,
        },
        hints: [
          { en: 'What is the sigmoid of 0?', zh: 'sigmoid(0) 是多少？' },
          { en: 'Half of the sum of all four.', zh: '四个数之和的一半。' },
        ],
        solution: {
          en: `0.5 * (${values.map(short).join(' + ')}) = ${short(mixed(routing))}`,
          zh: `0.5 × (${values.map(short).join(' + ')}) = ${short(mixed(routing))}`,
        },
      }
    }),
    apart: choices((dice) => {
      const scores = () => [0, 1, 2, 3].map(() => dice.whole(-10, 10) / 10)
      const shown = (weights: Nested) =>
        (weights as number[]).map((weight) => weight.toFixed(3)).join('  ')
      const option = (weights: Nested, right: boolean) => ({
        text: { en: shown(weights), zh: shown(weights) },
        right,
        says: right
          ? {
              en: 'Add up each row: one whose sum is not 1 cannot come from softmax.',
              zh: '把每行加起来：和不是 1 的，不可能出自 softmax。',
            }
          : {
              en: 'This one sums to 1, so softmax may have made it.',
              zh: '这一行的和是 1，softmax 也能得到。',
            },
      })
      return {
        ask: {
          en: "Four rows of attention weights, K = 4, rounded. Which can be no dynamic layer's, whatever its temperature?",
          zh: '四行注意力权重，K = 4，四舍五入过。哪些不可能出自动态卷积，不管温度是多少？',
        },
        options: {
          high: option(sigmoid(scores().map((score) => score + 2)), true),
          low: option(sigmoid(scores().map((score) => score - 3)), true),
          warm: option(softmaxOf(scores()), false),
          cold: option(softmaxOf(scores(), 0.3), false),
        },
        because: {
          en: `"Are CondConv and DynamicConv the same?" has been asked (${thread?.repository} #${thread?.number} on GitHub). The skeleton is; the sum of the weights tells them apart.`,
          zh: `“CondConv 和 DynamicConv 是一回事吗？”真的有人这样问过（GitHub 上的 ${thread?.repository} #${thread?.number}）。骨架相同，看权重之和就能分开。`,
        },
        hints: [
          {
            en: 'What do softmax weights always have in common?',
            zh: 'softmax 的权重总有什么共同点？',
          },
          { en: 'Add up every row.', zh: '把每行加起来。' },
        ],
        solution: {
          en: 'The two rows that do not sum to 1.',
          zh: '和不是 1 的那两行。',
        },
      }
    }),
    'all-on': command(() => {
      const seed = generousSeed()
      const enough = ({ steps }: Trace) => {
        const routing = steps.find(({ id }) => id === 'routing')
        return routing !== undefined && largestSum([...routing.values]) > MUCH
      }
      return {
        ask: {
          en: `Find a run of CondConv with K = ${K} in which the weights of one sample sum to more than ${MUCH}.`,
          zh: `找一次 K = ${K} 的 CondConv 运行，其中有一个样本的权重之和大于 ${MUCH}。`,
        },
        accepts: (trace) =>
          trace.layer === 'condconv' && trace.config.kernels === K && enough(trace),
        answer: `condconv --batch 8 --size 8 --input varied --seed ${seed}`,
        mistakes: [
          {
            answer: 'dynamic --size 8',
            when: ({ layer }) => layer === 'dynamic',
            says: {
              en: 'Softmax weights sum to 1, whatever you do: CondConv, please.',
              zh: 'softmax 的权重之和永远是 1：请用 CondConv。',
            },
          },
          {
            answer: 'odconv --size 8',
            when: ({ layer }) => layer !== 'condconv',
            says: { en: 'CondConv, please.', zh: '请用 CondConv。' },
          },
          {
            answer: 'condconv --size 8 -K 8',
            when: ({ config }) => config.kernels !== K,
            says: {
              en: `More kernels, larger sums, of course: keep K = ${K}.`,
              zh: `卷积核多了，和当然大：请保持 K = ${K}。`,
            },
          },
          {
            answer: 'condconv --size 8',
            when: () => true,
            says: {
              en: 'Not enough. More samples that differ, or another seed: --batch 8 --input varied --seed N.',
              zh: '还不够。多几个不一样的样本，或者换个种子：--batch 8 --input varied --seed N。',
            },
          },
        ],
        because: {
          en: 'No temperature and no seed would bring a softmax there.',
          zh: '换什么温度、什么种子，softmax 都做不到。',
        },
        hints: [
          { en: 'Which input lets samples differ?', zh: '哪种输入能让样本不一样？' },
          {
            en: '--batch 8 --input varied, and a few seeds.',
            zh: '--batch 8 --input varied，多试几个种子。',
          },
        ],
        solution: {
          en: `\`condconv --batch 8 --size 8 --input varied --seed ${seed}\``,
          zh: `\`condconv --batch 8 --size 8 --input varied --seed ${seed}\``,
        },
      }
    }),
    heads: choices((dice) => {
      const channels = dice.pick([6, 8, 12])
      const form = dice.pick([
        { groups: channels, kernelSize: 3, kernels: 1 },
        { groups: channels, kernelSize: 3, kernels: 4 },
        { groups: 1, kernelSize: 1, kernels: 4 },
        { groups: 1, kernelSize: 1, kernels: 1 },
        { groups: 1, kernelSize: 3, kernels: 1 },
      ])
      const { groups, kernelSize: k, kernels } = form
      const present = headsOf({ in: channels, out: channels, ...form })
      const line = `odconv --in ${channels} --out ${channels} --groups ${groups} -k ${k} -K ${kernels}`
      const option = (
        head: (typeof heads)[number],
        text: { en: string; zh: string },
        says: { en: string; zh: string },
      ) => ({ text, right: present.includes(head), says })
      return {
        ask: {
          en: `Which attentions does \`${line}\` have?`,
          zh: `\`${line}\` 有哪几种注意力？`,
        },
        options: {
          channel: option(
            'channel',
            { en: 'over input channels', zh: '输入通道' },
            {
              en: 'Every layer has input channels to weigh.',
              zh: '不管什么样的层，总有输入通道可以加权。',
            },
          ),
          filter: option(
            'filter',
            { en: 'over output channels', zh: '输出通道' },
            groups === channels
              ? {
                  en: `With ${groups} groups of one channel each the layer is depthwise: output channel and input channel are the same, and one weight is enough.`,
                  zh: `${groups} 组、每组一个通道，就是逐通道（深度）卷积：输出通道与输入通道是同一个，一个权重就够了。`,
                }
              : {
                  en: 'The layer is not depthwise: its output channels have weights of their own.',
                  zh: '这一层不是逐通道（深度）卷积：输出通道另有自己的权重。',
                },
          ),
          spatial: option(
            'spatial',
            { en: 'over positions in the kernel', zh: '核内位置' },
            k === 1
              ? { en: 'A 1x1 kernel has one position only.', zh: '1x1 的核只有一个位置。' }
              : {
                  en: `A ${k}x${k} kernel has ${k * k} positions to weigh.`,
                  zh: `${k}x${k} 的核有 ${k * k} 个位置可以加权。`,
                },
          ),
          kernel: option(
            'kernel',
            { en: 'over kernels', zh: '卷积核' },
            kernels === 1
              ? {
                  en: 'With one kernel there is nothing to choose from.',
                  zh: '只有一个卷积核，没有可选的。',
                }
              : {
                  en: `There are ${kernels} kernels, and they are mixed.`,
                  zh: `有 ${kernels} 个卷积核，要聚合。`,
                },
          ),
        },
        because: {
          en: 'An attention with nothing to choose from is left out: its weight would only scale everything.',
          zh: '没有可选的，那一种注意力就省去：留着也只是把一切同乘一个数。',
        },
        hints: [
          {
            en: 'Go through the four: is there more than one of it?',
            zh: '四种逐个看：那个维度上是不是不止一个？',
          },
          {
            en: 'Depthwise: no filter attention. 1x1: no spatial. K = 1: no kernel.',
            zh: '逐通道（深度）卷积：没有输出通道的；1x1：没有位置的；K = 1：没有卷积核的。',
          },
        ],
        solution: {
          en: `These: ${present.join(', ')}. See \`${line}\`.`,
          zh: `有这些：${present.join('、')}。运行 \`${line}\` 看看。`,
        },
      }
    }),
    one: choice(() => ({
      ask: {
        en: 'The ODConv paper has rows for K = 1, and they beat static convolution. How can a single kernel be dynamic?',
        zh: 'ODConv 论文里有 K = 1 的结果，而且比普通卷积好。只有一个卷积核，怎么还是动态的？',
      },
      options: {
        others: {
          text: {
            en: 'the other three attentions still depend on the input',
            zh: '另外三种注意力仍然随输入变化',
          },
          right: true,
        },
        softmax: {
          text: {
            en: 'the softmax over one kernel depends on the input',
            zh: '对一个卷积核做的 softmax 会随输入变化',
          },
          says: {
            en: 'The softmax of one score is 1, whatever the score: that is why this head is left out.',
            zh: '只有一个分数，softmax 永远是 1：所以这个分支才省掉了。',
          },
        },
        norm: {
          text: { en: 'batch norm makes it so', zh: '靠批归一化' },
          says: {
            en: 'At inference batch norm is a fixed scale and shift, the same for every input.',
            zh: '推理时批归一化只是固定的缩放和平移，对所有输入都一样。',
          },
        },
        static: {
          text: { en: 'it is not: K = 1 is static', zh: '不是动态的：K = 1 就是普通卷积' },
          says: {
            en: 'So it is for the dynamic layer. Here only one of four attentions is gone.',
            zh: '对动态卷积是这样。这里四种注意力只少了一种。',
          },
        },
      },
      because: {
        en: 'And it costs hardly more parameters than the static layer: only the attention is added.',
        zh: '而且参数只比普通卷积多一点：只加了注意力分支。',
      },
      hints: [
        { en: 'Which of the four heads does K = 1 leave?', zh: 'K = 1 时，四个分支还剩哪几个？' },
        { en: 'Channel, filter and spatial attention remain.', zh: '通道、滤波器、空间三种还在。' },
      ],
      solution: {
        en: 'Channel, filter and spatial attention weigh one kernel anew for every sample.',
        zh: '通道、滤波器、空间三种注意力，对每个样本重新给这一个卷积核加权。',
      },
    })),
    scaled: number({ tolerance: 0.005 }, (dice) => {
      const x = [dice.whole(1, 5), dice.whole(2, 6)] as const
      const w = [dice.whole(1, 4), -dice.whole(1, 3)] as const
      const channel = [dice.pick([0.2, 0.4]), dice.pick([0.6, 0.8])] as const
      const filter = dice.pick([0.3, 0.7])
      const output = (a: readonly number[], f: number) =>
        f *
        (convolve(
          x.map((value, c) => [[value * (a[c] as number)]]),
          [w.map((value) => [[value]])],
        )[0]?.[0]?.[0] as number)
      return {
        ask: {
          en: `ODConv with one kernel of 1x1: input channels with the values ${x.join(', ')}, kernel ${matrixText([w])}, channel attention ${channel.join(', ')}, filter attention ${filter}. What is the output?`,
          zh: `ODConv，只有一个 1x1 卷积核：两个输入通道的值是 ${x.join(' 和 ')}，卷积核 ${matrixText([w])}，通道注意力 ${channel.join(' 和 ')}，滤波器注意力 ${filter}。输出是多少？`,
        },
        answer: output(channel, filter),
        mistakes: [
          {
            answer: output(channel, 1),
            says: {
              en: 'The filter attention is missing: it scales the output.',
              zh: '少了滤波器注意力：它缩放输出。',
            },
          },
          {
            answer: output([1, 1], filter),
            says: {
              en: 'The channel attention is missing: it scales each input channel.',
              zh: '少了通道注意力：它缩放每个输入通道。',
            },
          },
          {
            answer: output([...channel].reverse(), filter),
            says: {
              en: 'Each channel has the weight of its own place.',
              zh: '通道和权重要按顺序对上。',
            },
          },
        ],
        because: {
          en: 'Scale the kernel by the same weights instead, and the output is the same: each product has the same three factors.',
          zh: '改用同样的权重去缩放卷积核，输出相同：每个乘积的因数都一样。',
        },
        hints: [
          {
            en: 'Scale each input channel, convolve, then scale the result.',
            zh: '先缩放每个输入通道，再卷积，最后缩放结果。',
          },
          {
            en: `The scaled input is ${x.map((value, c) => short(value * (channel[c] as number))).join(', ')}.`,
            zh: `缩放后的输入是 ${x.map((value, c) => short(value * (channel[c] as number))).join('、')}。`,
          },
        ],
        solution: {
          en: `${filter} * (${x.map((value, c) => `${channel[c]}*${value}*(${w[c]})`).join(' + ')}) = ${short(output(channel, filter))}`,
          zh: `${filter} × (${x.map((value, c) => `${channel[c]}×${value}×(${w[c]})`).join(' + ')}) = ${short(output(channel, filter))}`,
        },
      }
    }),
    'write-it': code(() => ({
      ask: {
        en: "Write mixedKernel(positionScores, kernelWeights, kernels): ODConv's mixed kernel, by spatial and kernel attention.",
        zh: '写出 mixedKernel(positionScores, kernelWeights, kernels)：ODConv 的聚合卷积核，用到空间注意力和核注意力。',
      },
      function: 'mixedKernel',
      cases: (dice) => {
        const caseOf = (scores: Nested, weights: number[], kernels: Nested) => ({
          input: [scores, weights, kernels],
          expected: mixedKernel(scores, weights, kernels),
        })
        const small = caseOf(wholes(dice, 2, 2), [0.25, 0.75], wholes(dice, 2, 2, 2))
        const others = [1, 2, 3, 4].map((count) => {
          const size = dice.whole(2, 3)
          const hundredths = (...shape: number[]): Nested =>
            shape.length === 0
              ? Math.round((dice.stream.randn(1)[0] as number) * 100) / 100
              : Array.from({ length: shape[0] as number }, () => hundredths(...shape.slice(1)))
          return caseOf(
            hundredths(size, size),
            softmaxOf(hundredths(count) as number[]),
            hundredths(count, size, size),
          )
        })
        return [small, ...others]
      },
      because: {
        en: 'One weight a position, shared by all kernels; one weight a kernel, shared by all positions. The product gives every value a weight of its own from k*k + K numbers.',
        zh: '每个位置一个权重，各卷积核共用；每个卷积核一个权重，各位置共用。两者相乘，k×k + K 个数就让每个值都有了自己的权重。',
      },
      mistakes: [
        {
          edit: ['return position * mixed', 'return mixed'],
          says: {
            en: 'The positions have no effect yet: every value is still to be weighed by its place.',
            zh: '位置还没有起作用：每个值还要乘上所在位置的权重。',
          },
        },
        {
          edit: ['1 / (1 + Math.exp(-score))', '1 / (1 + Math.exp(score))'],
          says: {
            en: 'The sign: 1 / (1 + exp(-score)), so that a high score gives a large weight.',
            zh: '符号错了：应为 1 / (1 + exp(-score))，分数高，权重才大。',
          },
        },
        {
          edit: ['1 / (1 + Math.exp(-score))', 'score'],
          says: {
            en: 'Those are scores: turn each into a weight by a sigmoid first.',
            zh: '那还是分数：要先用 sigmoid 变成权重。',
          },
        },
        {
          edit: [
            '1 / (1 + Math.exp(-score))',
            'Math.exp(score) / positionScores.flat().reduce((sum, each) => sum + Math.exp(each), 0)',
          ],
          says: {
            en: 'That is softmax over the positions: they do not compete, each has a sigmoid of its own.',
            zh: '那是对各位置做 softmax：位置之间不竞争，各做各的 sigmoid。',
          },
        },
        {
          edit: ['return position * mixed', 'return position + mixed'],
          says: {
            en: 'The weight of a position multiplies; it is not added.',
            zh: '位置的权重是乘上去的，不是加上去的。',
          },
        },
        {
          edit: ['kernelWeights[n] * kernel[u][v]', 'kernel[u][v] / kernels.length'],
          says: {
            en: 'That is the mean of the kernels: weigh them by kernelWeights.',
            zh: '那是各卷积核的平均：要按 kernelWeights 加权。',
          },
        },
      ],
      hints: [
        {
          en: 'The sum over the kernels is there; multiply it by sigmoid(score) of that position.',
          zh: '对卷积核的求和已经写好了，再乘上那个位置的 sigmoid(score)。',
        },
        { en: '1 / (1 + Math.exp(-score))', zh: '1 / (1 + Math.exp(-score))' },
      ],
      solution: {
        en: 'The weighted sum of the kernels at each position, times `1 / (1 + Math.exp(-score))` there.',
        zh: '每个位置上，各卷积核的加权和，再乘以该处的 `1 / (1 + Math.exp(-score))`。',
      },
    })),
  },
}
