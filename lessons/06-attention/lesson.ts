import type { Dice } from '../../src/course/dice.ts'
import { order } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { valuesFor } from '../../src/course/lesson-runs.ts'
import { short, tables } from '../../src/course/question-text.ts'
import { fromNested, ops, softmaxOf, stepOf, toNested } from '../../src/course/toolbox.ts'

function pool(channel: number[][]): number {
  const pooled = toNested(
    ops.globalAveragePool.forward([fromNested([[channel]])], {}),
  ) as number[][][][]
  return pooled[0]?.[0]?.[0]?.[0] as number
}

/** 1x1 convolution and ReLU of one pixel: max(0, w . x + b). */
function unit(x: number[], w: number[], b: number): number {
  const sum = w.reduce((total, weight, at) => total + weight * (x[at] as number), b)
  return ops.relu.forward([fromNested([sum])], {}).data[0] as number
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values))
}

/** The first seed for which the article's attention prefers this expert. */
function seedFor(expert: number): string {
  for (let seed = 0; ; seed++)
    if (largest(valuesFor('dynamic', { size: 8, seed: String(seed) }, 'attention')) === expert)
      return String(seed)
}

function decimals(dice: Dice, count: number): number[] {
  return Array.from({ length: count }, () => dice.whole(-20, 20) / 10)
}

/** Two images whose channels differ in strength, as the prose shows them. */
const two = { batch: 2, input: 'varied', seed: '14' } as const
const K = 4

/** What the prose says of that run, and of one on plain noise. */
function facts() {
  const scores = valuesFor('dynamic', two, 'fc2').slice(0, K)
  const weights = valuesFor('dynamic', two, 'attention')
  const [first, second] = [weights.slice(0, K), weights.slice(K)]
  const [here, there] = [largest(first), largest(second)]
  const least = first.indexOf(Math.min(...first))
  const [high, low] = [here, least].map((k) => scores[k] as number) as [number, number]
  return {
    here,
    there,
    least,
    'here-first': (first[here] as number).toFixed(4),
    'here-second': (second[here] as number).toFixed(4),
    'there-second': (second[there] as number).toFixed(4),
    'high-score': high.toFixed(4),
    'low-score': low.toFixed(4),
    'score-gap': (high - low).toFixed(4),
    ratio: ((first[here] as number) / (first[least] as number)).toFixed(2),
    spread: spreadOf(weights).toFixed(4),
    'noise-spread': spreadOf(valuesFor('dynamic', { batch: 2 }, 'attention')).toFixed(4),
  }
}

/** The largest difference between the weights of two samples. */
function spreadOf(weights: readonly number[]): number {
  return Math.max(
    ...weights.slice(0, K).map((weight, k) => Math.abs(weight - (weights[K + k] as number))),
  )
}

export const lesson: Lesson = {
  taskId: 6,
  facts,
  questions: {
    pool: number({ tolerance: 0.005 }, (dice) => {
      const channel = [decimals(dice, 4), decimals(dice, 4)]
      const sum = channel.flat().reduce((total, value) => total + value, 0)
      return {
        ask: {
          en: `What does global average pooling make of this channel?${tables(['channel', channel])}`,
          zh: `全局平均池化之后，这个通道变成多少？${tables(['通道', channel])}`,
        },
        answer: pool(channel),
        mistakes: [
          {
            answer: sum,
            says: {
              en: 'That is the sum: divide it by the number of pixels.',
              zh: '那是总和：还要除以像素个数。',
            },
          },
          {
            answer: Math.max(...channel.flat()),
            says: { en: 'That is max pooling.', zh: '那是最大池化。' },
          },
          {
            answer: sum / 2,
            says: {
              en: 'You averaged over rows only: the whole channel becomes one number.',
              zh: '你只对行做了平均：整个通道要变成一个数。',
            },
          },
        ],
        because: {
          en: 'One number a channel: that is all the attention ever sees of the image.',
          zh: '一个通道一个数：注意力对图片的了解，就只有这些。',
        },
        hints: [
          { en: 'The mean of all pixels.', zh: '所有像素的平均值。' },
          { en: 'Add the eight numbers, divide by eight.', zh: '八个数加起来，除以八。' },
        ],
        solution: {
          en: `${short(sum)} / 8 = ${short(pool(channel))}`,
          zh: `${short(sum)} / 8 = ${short(pool(channel))}`,
        },
      }
    }),
    unit: number({ tolerance: 0.005 }, (dice) => {
      const [x, w, b] = [decimals(dice, 3), decimals(dice, 3), dice.whole(-10, 10) / 10]
      const dot = w.reduce((total, weight, at) => total + weight * (x[at] as number), 0)
      const sign = dot + b < 0
      return {
        ask: {
          en: `The three pooled channels are ${x.map(short).join(', ')}. One hidden unit has the weights ${w.map(short).join(', ')} and the bias ${short(b)}. What is it behind the ReLU?`,
          zh: `三个通道池化后是 ${x.map(short).join('、')}。一个隐藏单元的权重是 ${w.map(short).join('、')}，偏置是 ${short(b)}。经过 ReLU 之后它是多少？`,
        },
        answer: unit(x, w, b),
        mistakes: sign
          ? [
              {
                answer: dot + b,
                says: {
                  en: 'Right up to the ReLU: what is negative becomes 0.',
                  zh: '只差 ReLU：负数要变成 0。',
                },
              },
            ]
          : [{ answer: dot, says: { en: 'Right up to the bias.', zh: '只差偏置。' } }],
        because: {
          en: 'A 1x1 convolution of one pixel is a weighted sum; the ReLU keeps what is positive.',
          zh: '对单个像素做 1x1 卷积，就是一次加权求和；ReLU 只留下正的部分。',
        },
        hints: [
          {
            en: 'Weights times pooled values, added up, plus the bias.',
            zh: '权重与池化值相乘、相加，再加偏置。',
          },
          { en: 'If that is negative, the answer is 0.', zh: '如果是负数，答案就是 0。' },
        ],
        solution: {
          en: `The sum is ${short(dot)}, with the bias ${short(dot + b)}; max(0, that) = ${short(unit(x, w, b))}.`,
          zh: `加权和是 ${short(dot)}，加偏置得 ${short(dot + b)}；与 0 取最大值得 ${short(unit(x, w, b))}。`,
        },
      }
    }),
    softmax: number({ tolerance: 0.005 }, (dice) => {
      const scores = Array.from({ length: 3 }, () => dice.whole(0, 25) / 10)
      const k = dice.whole(1, 2)
      const sum = scores.reduce((total, score) => total + score, 0)
      return {
        ask: {
          en: `The scores of three kernels are ${scores.map(short).join(', ')}. What is the attention weight of kernel ${k} (counted from 0)? Two decimals will do.`,
          zh: `三个卷积核的分数是 ${scores.map(short).join('、')}。卷积核 ${k}（从 0 数起）的注意力权重是多少？保留两位小数即可。`,
        },
        answer: softmaxOf(scores)[k] as number,
        mistakes: [
          {
            answer: (scores[k] as number) / (sum || 1),
            says: {
              en: 'You left out exp: softmax divides exp(score), not the score.',
              zh: '漏了 exp：softmax 先取指数再相除，用的不是分数本身。',
            },
          },
          {
            answer: softmaxOf(scores)[k - 1] as number,
            says: {
              en: `That is kernel ${k - 1}: count from 0.`,
              zh: `那是卷积核 ${k - 1}：要从 0 数起。`,
            },
          },
          {
            answer: 1 / (1 + Math.exp(-(scores[k] as number))),
            says: {
              en: 'That is the sigmoid, which looks at one score alone. CondConv uses it: lesson 13.',
              zh: '那是 sigmoid，只看自己一个分数。第 13 课的 CondConv 用的就是它。',
            },
          },
        ],
        because: {
          en: 'exp makes every score positive, the division makes them sum to 1.',
          zh: 'exp 让每个分数变正，再相除，加起来就是 1。',
        },
        hints: [
          {
            en: 'exp(score) over the sum of all three exp(score).',
            zh: '这个分数的 exp，除以三个分数的 exp 之和。',
          },
          {
            en: `The three exps are ${scores.map((score) => Math.exp(score).toFixed(2)).join(', ')}.`,
            zh: `三个 exp 是 ${scores.map((score) => Math.exp(score).toFixed(2)).join('、')}。`,
          },
        ],
        solution: {
          en: `The weights are ${softmaxOf(scores)
            .map((weight) => weight.toFixed(3))
            .join(', ')}.`,
          zh: `权重依次是 ${softmaxOf(scores)
            .map((weight) => weight.toFixed(3))
            .join('、')}。`,
        },
      }
    }),
    steps: order(() => ({
      ask: { en: 'Put the steps of the attention in order.', zh: '把注意力分支的步骤排好顺序。' },
      items: {
        pool: { en: 'average every channel', zh: '逐通道求平均' },
        fc1: { en: 'mix the channels into a few hidden values', zh: '把各通道混合成几个隐藏值' },
        relu: { en: 'keep what is positive', zh: '只留正值' },
        fc2: { en: 'one score for each kernel', zh: '给每个卷积核打分' },
        softmax: { en: 'turn scores into weights that sum to 1', zh: '把分数变成和为 1 的权重' },
      },
      swaps: [
        {
          first: 'pool',
          second: 'fc1',
          says: {
            en: 'Average first: the fully connected layers see one number a channel.',
            zh: '先求平均：全连接层看到的是每个通道一个数。',
          },
        },
        {
          first: 'fc1',
          second: 'relu',
          says: { en: 'The ReLU stands between the two layers.', zh: 'ReLU 夹在两层之间。' },
        },
        {
          first: 'relu',
          second: 'fc2',
          says: {
            en: 'Without the ReLU between them, two layers would be one.',
            zh: '两层之间没有 ReLU，就等于只有一层。',
          },
        },
        {
          first: 'fc2',
          second: 'softmax',
          says: {
            en: 'Softmax needs the scores: it comes last.',
            zh: 'softmax 要用到分数：它在最后。',
          },
        },
      ],
      because: {
        en: 'The same as squeeze-and-excitation, but for the softmax over kernels at its end.',
        zh: '与 SE 模块一样，只是最后换成了对卷积核做 softmax。',
      },
      hints: [
        { en: 'Look at the first column of the table above.', zh: '看看上面那张表的第一列。' },
        { en: 'pool, fc1, relu, fc2, attention.', zh: 'pool、fc1、relu、fc2、attention。' },
      ],
      solution: {
        en: 'Average, mix, keep, score, softmax.',
        zh: '平均、混合、取正、打分、softmax。',
      },
    })),
    prefer: command((dice) => {
      const expert = dice.whole(1, 3)
      return {
        ask: {
          en: `Find a run of the dynamic layer (K = 4, one sample) that prefers expert ${expert}, counted from 0: its attention weight is the largest.`,
          zh: `找一次动态卷积的运行（K = 4，一个样本），让专家 ${expert}（从 0 数起）的注意力权重最大。`,
        },
        accepts: ({ layer, steps, input }) =>
          layer === 'dynamic' &&
          input.shape[0] === 1 &&
          stepOf({ layer, steps }, 'attention').values.length === 4 &&
          largest([...stepOf({ layer, steps }, 'attention').values]) === expert,
        answer: `dynamic --size 8 --seed ${seedFor(expert)}`,
        mistakes: [
          {
            answer: `static --size 8`,
            when: ({ layer }) => layer !== 'dynamic',
            says: { en: 'Only the dynamic layer has attention.', zh: '只有动态卷积才有注意力。' },
          },
          {
            answer: `dynamic --size 8 --batch 2`,
            when: ({ input }) => input.shape[0] !== 1,
            says: {
              en: 'One sample, please: each sample has its own attention.',
              zh: '请只用一个样本：每个样本各有自己的注意力。',
            },
          },
          {
            answer: `dynamic --size 8 --kernels 2`,
            when: ({ config }) => config.kernels !== 4,
            says: { en: 'Four kernels, please: -K 4.', zh: '请用四个卷积核：-K 4。' },
          },
          {
            answer: `dynamic --size 8 --seed ${seedFor(0)}`,
            when: ({ steps, layer }) =>
              largest([...stepOf({ layer, steps }, 'attention').values]) !== expert,
            says: {
              en: 'This run prefers another expert. Try other seeds.',
              zh: '这次运行偏爱的是别的专家。换个种子试试。',
            },
          },
        ],
        because: {
          en: 'An untrained attention prefers by chance. Training gives the preference a meaning.',
          zh: '没训练过的注意力，偏爱谁全凭运气；训练之后，偏爱才有意义。',
        },
        hints: [
          { en: 'Change --seed and look at the bars.', zh: '改变 --seed，看那几条横条。' },
          {
            en: 'A few seeds between 0 and 20 will do it.',
            zh: '0 到 20 之间试几个种子就能找到。',
          },
        ],
        solution: {
          en: `\`dynamic --size 8 --seed ${seedFor(expert)}\``,
          zh: `\`dynamic --size 8 --seed ${seedFor(expert)}\``,
        },
      }
    }),
  },
}
