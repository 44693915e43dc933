import { code } from '../../src/course/code.ts'
import { type Dice, wholes } from '../../src/course/dice.ts'
import { choices } from '../../src/course/kinds/choices.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { shapeFor, valuesFor } from '../../src/course/lesson-runs.ts'
import {
  fromNested,
  ops,
  pointwise,
  reshape,
  sizeOf,
  type Tensor,
  tensor,
  toNested,
} from '../../src/course/toolbox.ts'

/** A batch, the parameters of a layer, and what the library makes of them. */
function drawCase(dice: Dice, batch: number) {
  const randn = (...shape: number[]) =>
    tensor(
      dice.stream.randn(sizeOf(shape)).map((value) => Math.round(value * 100) / 100),
      shape,
    )
  const sizes = {
    batch,
    C: dice.whole(1, 3),
    O: dice.whole(1, 3),
    K: dice.whole(2, 4),
    h: 3,
    k: dice.pick([1, 2]),
    image: [4, 3],
  } as const
  return caseOf(randn, sizes, dice.pick([0.5, 2]))
}

/** One sample of few whole numbers: what is shown of a mistake. */
function drawSmall(dice: Dice) {
  const drawn = (...shape: number[]) => fromNested(wholes(dice, ...shape))
  return caseOf(drawn, { batch: 1, C: 1, O: 1, K: 2, h: 1, k: 1, image: [1, 2] }, 2)
}

interface Sizes {
  readonly batch: number
  /** input and output channels, kernels, hidden values, rows of a kernel */
  readonly C: number
  readonly O: number
  readonly K: number
  readonly h: number
  readonly k: number
  readonly image: readonly [number, number]
}

function caseOf(
  drawn: (...shape: number[]) => Tensor,
  { batch, C, O, K, h, k, image }: Sizes,
  temperature: number,
) {
  const x = drawn(batch, C, ...image)
  const fc1 = { weight: drawn(h, C, 1, 1), bias: drawn(h) }
  const fc2 = { weight: drawn(K, h, 1, 1), bias: drawn(K) }
  const [weight, bias] = [drawn(K, O, C, k, k), drawn(K, O)]

  const linear = { ...pointwise, perSample: false }
  const pool = ops.globalAveragePool.forward([x], {})
  const hidden = ops.relu.forward([ops.conv2d.forward([pool, fc1.weight, fc1.bias], linear)], {})
  const scores = reshape(ops.conv2d.forward([hidden, fc2.weight, fc2.bias], linear), [batch, K])
  const attention = ops.softmax.forward([scores], { axis: 1, temperature })
  const w = ops.matmul.forward([attention, reshape(weight, [K, O * C * k * k])], {})
  const b = ops.matmul.forward([attention, bias], {})
  const mixed = [reshape(w, [batch * O, C, k, k]), reshape(b, [batch * O])]
  const y = ops.conv2d.forward([x, ...mixed], { ...pointwise, kernelSize: [k, k], perSample: true })
  const parameters = {
    fc1: { weight: toNested(reshape(fc1.weight, [h, C])), bias: toNested(fc1.bias) },
    fc2: { weight: toNested(reshape(fc2.weight, [K, h])), bias: toNested(fc2.bias) },
    weight: toNested(weight),
    bias: toNested(bias),
    temperature,
  }
  return { input: [toNested(x), parameters], expected: toNested(y) }
}

/** The line that the program of the article's layer prints of a step: name, shape, first value. */
function printedLine(step: string): string {
  const shape = `[${shapeFor('dynamic', {}, step).join(', ')}]`
  const first = (valuesFor('dynamic', {}, step)[0] as number).toFixed(4)
  return `${step.padEnd(19)}${shape.padEnd(19)} ${first.padStart(9)}`
}

export const lesson: Lesson = {
  taskId: 11,
  facts: () => ({ 'last-line': printedLine('output') }),
  questions: {
    names: choices(() => ({
      ask: {
        en: 'Which of these does the state_dict of the dynamic layer hold?',
        zh: '动态卷积的 state_dict 里有哪些？',
      },
      options: {
        kernels: {
          text: {
            en: '`weight`, of shape (K, out, in, k, k)',
            zh: '`weight`，形状 (K, out, in, k, k)',
          },
          right: true,
          says: {
            en: 'The K kernels are parameters: they are learnt.',
            zh: 'K 个卷积核是参数，是学出来的。',
          },
        },
        fc1: {
          text: { en: '`attention.fc1.weight`', zh: '`attention.fc1.weight`' },
          right: true,
          says: {
            en: 'The layers of the attention are learnt too.',
            zh: '注意力分支的两层也是学出来的。',
          },
        },
        mixed: {
          text: { en: 'the mixed kernel', zh: '聚合卷积核' },
          right: false,
          says: {
            en: 'The mixed kernel is computed anew for every input: nothing to store.',
            zh: '聚合卷积核是对每个输入现算的，不用保存。',
          },
        },
        temperature: {
          text: { en: 'the temperature', zh: '温度' },
          right: false,
          says: {
            en: 'The temperature is a setting, not a parameter: a reloaded model may run at another one.',
            zh: '温度是设置，不是参数：重新加载的模型可能用了别的温度。',
          },
        },
      },
      because: {
        en: 'What is learnt is stored; what is computed or set is not.',
        zh: '学出来的才保存；算出来的、设定的都不保存。',
      },
      hints: [
        {
          en: 'A state_dict holds parameters and buffers.',
          zh: 'state_dict 里放的是参数和缓冲区。',
        },
        { en: 'Which of the four does training change?', zh: '这四样里，训练会改变哪些？' },
      ],
      solution: {
        en: 'The K kernels and the layers of the attention.',
        zh: 'K 个卷积核，以及注意力分支的两层。',
      },
    })),
    same: number({ tolerance: 0.0002 }, (dice) => {
      const seed = dice.seed()
      const attention = valuesFor('dynamic', { seed, size: 8 }, 'attention')
      const [first, second] = attention as [number, number]
      return {
        ask: {
          en: `Run \`convlab dynamic --size 8 --seed ${seed}\`, or its --torch program in Python. What is the first value of the attention, the weight of expert 0? Four decimals.`,
          zh: `运行 \`convlab dynamic --size 8 --seed ${seed}\`，或者用 Python 运行它的 --torch 程序。attention 的第一个值，也就是专家 0 的权重，是多少？保留四位小数。`,
        },
        answer: first,
        mistakes: [
          {
            answer: second,
            says: {
              en: 'That is expert 1: count from 0.',
              zh: '那是专家 1：要从 0 数起。',
            },
          },
          {
            answer: valuesFor('dynamic', { size: 8 }, 'attention')[0] as number,
            says: {
              en: `That is the run with seed 0: add --seed ${seed}.`,
              zh: `那是种子为 0 的结果：请加上 --seed ${seed}。`,
            },
          },
          {
            answer: valuesFor('dynamic', { seed }, 'attention')[0] as number,
            says: {
              en: 'That is the run with the usual size: add --size 8.',
              zh: '那是默认大小的结果：请加上 --size 8。',
            },
          },
        ],
        because: {
          en: 'PyTorch gives the same, digit for digit: the same stream of random numbers, the same sums.',
          zh: 'PyTorch 得到的数字逐位相同：随机数流一样，求和也一样。',
        },
        hints: [
          {
            en: 'In convlab, look at the bars of step 6; the program has a line a step.',
            zh: '在 convlab 里看第 6 步的横条；Python 程序每步打印一行。',
          },
          {
            en: 'The bar of expert 0; in Python the number behind the shape of attention.',
            zh: '专家 0 的横条；Python 里是 attention 形状后面的那个数。',
          },
        ],
        solution: {
          en: `The weights are ${attention.map((weight) => weight.toFixed(4)).join(', ')}.`,
          zh: `四个权重是 ${attention.map((weight) => weight.toFixed(4)).join('、')}。`,
        },
      }
    }),
    'write-it': code(() => ({
      ask: {
        en: 'Write dynamicLayer(x, p): the whole layer, for every sample of a batch.',
        zh: '写出 dynamicLayer(x, p)：完整的动态卷积，处理一批样本。',
      },
      function: 'dynamicLayer',
      cases: (dice) => [drawSmall(dice), ...[1, 2, 3].map((batch) => drawCase(dice, batch))],
      because: {
        en: 'You have built dynamic convolution from nothing but sums. In PyTorch it is the same, with faster loops.',
        zh: '你只用加法和乘法就造出了动态卷积。PyTorch 里也是这样，只是循环更快。',
      },
      mistakes: [
        {
          edit: [
            'attentions[n]',
            'attentions[0].map((_, k) => sumOf(attentions.map((each) => each[k])) / x.length)',
          ],
          says: {
            en: 'You averaged over the batch: every sample has an attention of its own.',
            zh: '你对整批求了平均：每个样本应该有自己的注意力。',
          },
        },
        {
          edit: ['attentions[n]', 'attentions[0]'],
          says: {
            en: 'Every sample got the attention of the first one.',
            zh: '所有样本都用了第一个样本的注意力。',
          },
        },
        {
          edit: ['.map((value) => Math.max(value, 0))', ''],
          says: { en: 'Right up to the ReLU between the two layers.', zh: '只差两层之间的 ReLU。' },
        },
        {
          edit: ['(score - largest) / temperature', 'score - largest'],
          says: { en: 'Right up to the temperature.', zh: '只差温度。' },
        },
        {
          edit: ['mix(attention, p.bias)', 'p.bias[0]'],
          says: { en: 'The biases are mixed too.', zh: '偏置也要聚合。' },
        },
      ],
      hints: [
        {
          en: 'For each sample: pool, linear, ReLU, linear, softmax, mix, convolve. One small function each.',
          zh: '对每个样本：池化、全连接、ReLU、全连接、softmax、聚合、卷积。每步写一个小函数。',
        },
        {
          en: 'Mixing nested arrays: go down index by index until there are numbers, then sum attention[k] * number.',
          zh: '聚合嵌套数组：按下标一层层往里走，到数字为止，再求和 attention[k] * 数字。',
        },
      ],
      solution: {
        en: '`const a = softmax(linear(p.fc2, linear(p.fc1, pooled).map((v) => Math.max(v, 0))), p.temperature)`, then `convolve(sample, mix(a, p.weight), mix(a, p.bias))`. The whole file: lessons/11-in-pytorch/solution.js.',
        zh: '`const a = softmax(linear(p.fc2, linear(p.fc1, pooled).map((v) => Math.max(v, 0))), p.temperature)`，然后 `convolve(sample, mix(a, p.weight), mix(a, p.bias))`。完整的文件见 lessons/11-in-pytorch/solution.js。',
      },
    })),
  },
}
