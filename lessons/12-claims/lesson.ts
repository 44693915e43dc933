import { choice } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { valuesFor } from '../../src/course/lesson-runs.ts'
import { tables } from '../../src/course/question-text.ts'
import {
  strideShown as figure,
  strideRight as right,
  stepOf,
  type Trace,
  strideKernel as w,
  strideInput as x,
} from '../../src/course/toolbox.ts'

const wrongPlaces = right.flatMap((row, i) =>
  row.flatMap((value, j) => (value === figure[i]?.[j] ? [] : [[i, j] as const])),
)

/** The largest difference between the attention of any two samples of a batch. */
function spread(attention: readonly number[], kernels: number): number {
  const byKernel = Array.from({ length: kernels }, (_, k) =>
    attention.filter((_, at) => at % kernels === k),
  )
  return Math.max(...byKernel.map((weights) => Math.max(...weights) - Math.min(...weights)))
}

function spreadOf(trace: Trace): number {
  return spread([...stepOf(trace, 'attention').values], trace.config.kernels as number)
}

const ENOUGH = 0.1
const varied = { batch: 2, size: 8, input: 'varied' } as const

/** The first seed whose two varied samples get clearly different kernels. */
function tellingSeed(): string {
  for (let seed = 0; ; seed++)
    if (spread(valuesFor('dynamic', { ...varied, seed: String(seed) }, 'attention'), 4) > ENOUGH)
      return String(seed)
}

export const lesson: Lesson = {
  taskId: 12,
  facts: () => {
    const line = (row = 0) => figure[row]?.map((value) => String(value).padStart(2)).join(' ') ?? ''
    return {
      guide: 'arXiv 1603.07285',
      'figure-1': line(0),
      'figure-2': line(1),
      'figure-3': line(2),
    }
  },
  questions: {
    figure: number({ tolerance: 0 }, (dice) => {
      const [i, j] = dice.pick(wrongPlaces)
      return {
        ask: {
          en: `With padding 1 and stride 2, what is output[${i}, ${j}]?${tables(['input', x], ['kernel', w])}`,
          zh: `填充 1，步长 2，output[${i}, ${j}] 是多少？${tables(['输入', x], ['卷积核', w])}`,
        },
        answer: right[i]?.[j] as number,
        mistakes: [
          {
            answer: figure[i]?.[j] as number,
            says: {
              en: 'That is what the figure shows. It is the corner of the output for stride 1.',
              zh: '那是图上写的数。它其实是步长为 1 时输出的左上角。',
            },
          },
          ...(i > 0 && j > 0
            ? [
                {
                  answer: right[i - 1]?.[j - 1] as number,
                  says: {
                    en: 'You counted from 1: the first row and the first column are number 0.',
                    zh: '你是从 1 数起的：第一行、第一列的编号是 0。',
                  },
                },
              ]
            : []),
        ],
        because: {
          en: 'The figure is wrong, and two minutes of arithmetic show it. It has stood there since 2018.',
          zh: '图确实错了，两分钟就能算出来。它从 2018 年一直挂到现在。',
        },
        hints: [
          {
            en: `The window of output[${i}, ${j}] begins at row ${2 * i - 1}, column ${2 * j - 1} of the input; what lies outside is 0.`,
            zh: `output[${i}, ${j}] 的窗口从输入的第 ${2 * i - 1} 行、第 ${2 * j - 1} 列开始；超出范围的算 0。`,
          },
          {
            en: 'Only five of the nine kernel values are not 0.',
            zh: '卷积核九个值里，不是 0 的只有五个。',
          },
        ],
        solution: {
          en: `The whole output is ${right.map((row) => row.join(' ')).join(' / ')}; the figure has ${figure.map((row) => row.join(' ')).join(' / ')}.`,
          zh: `正确的输出是 ${right.map((row) => row.join(' ')).join(' / ')}；图上是 ${figure.map((row) => row.join(' ')).join(' / ')}。`,
        },
      }
    }),
    shrinks: choice(() => ({
      ask: {
        en: "The article's static layer prints 32 x 32, its dynamic layer 30 x 30. Someone concludes that dynamic convolution shrinks the image. How do you check that?",
        zh: '文章的普通卷积打印 32 × 32，动态卷积打印 30 × 30。有人说动态卷积会把图变小。怎么验证？',
      },
      options: {
        alike: {
          text: {
            en: 'give both the same padding and compare again',
            zh: '让两者的填充相同，再比一次',
          },
          right: true,
        },
        larger: {
          text: { en: 'try a larger image', zh: '换一张更大的图' },
          says: {
            en: 'It would shrink by the same two pixels: the difference stays unexplained.',
            zh: '照样会小两个像素，还是不知道原因。',
          },
        },
        seeds: {
          text: { en: 'try other seeds', zh: '换几个种子' },
          says: { en: 'Shapes do not depend on values.', zh: '形状与数值无关。' },
        },
        trust: {
          text: { en: 'no need: the program printed it', zh: '不用验证：程序都打印出来了' },
          says: {
            en: 'The numbers are right, the conclusion is not: two things differ between the layers.',
            zh: '数字没错，结论错了：这两层之间不止一处不同。',
          },
        },
      },
      because: {
        en: 'Change one thing at a time. Here padding differs as well, and that is all there is to it.',
        zh: '一次只改一样。这里填充也不同，原因就在这里。',
      },
      hints: [
        { en: 'What else differs between the two layers?', zh: '这两层还有哪里不一样？' },
        { en: 'Compare the padding.', zh: '比一比填充。' },
      ],
      solution: {
        en: 'Give both the same padding: the shapes are equal then.',
        zh: '填充相同，形状就相同。',
      },
    })),
    fair: command(() => ({
      ask: {
        en: 'Write the command of a dynamic layer that takes the same input as the article, 3 x 32 x 32, and gives the shape of its static layer, 16 x 32 x 32.',
        zh: '写一条动态卷积的命令：输入与文章相同，3 × 32 × 32，输出形状与它的普通卷积相同，16 × 32 × 32。',
      },
      accepts: (trace) =>
        trace.layer === 'dynamic' &&
        String(trace.input.shape.slice(1)) === '3,32,32' &&
        String(stepOf(trace, 'output').shape.slice(1)) === '16,32,32',
      answer: 'dynamic --padding 1',
      mistakes: [
        {
          answer: 'static',
          when: ({ layer }) => layer !== 'dynamic',
          says: { en: 'The dynamic layer, please.', zh: '请写动态卷积。' },
        },
        {
          answer: 'dynamic --size 34',
          when: ({ input }) => String(input.shape.slice(1)) !== '3,32,32',
          says: {
            en: 'You changed the input: change the layer instead.',
            zh: '你改了输入：应该改这一层。',
          },
        },
        {
          answer: 'dynamic',
          when: (trace) => stepOf(trace, 'output').shape[2] !== 32,
          says: { en: "That is the article's padding of 0.", zh: '那是文章用的填充 0。' },
        },
      ],
      because: {
        en: 'Same padding, same shape: the claim is refuted.',
        zh: '填充相同，形状就相同：那个说法不成立。',
      },
      hints: [
        { en: 'Which option sets the zeros around the input?', zh: '哪个选项决定四周补多少零？' },
        { en: '--padding 1', zh: '--padding 1' },
      ],
      solution: { en: '`dynamic --padding 1`', zh: '`dynamic --padding 1`' },
    })),
    condconv: choice(() => ({
      ask: {
        en: '"CondConv and DynamicConv are the same." Both pool, score and mix kernels. Which observation tells them apart?',
        zh: '“CondConv 和 DynamicConv 是一回事。”两者都要池化、打分、混合卷积核。看什么能把它们区分开？',
      },
      options: {
        sum: {
          text: {
            en: 'whether the K weights of a sample sum to 1',
            zh: '一个样本的 K 个权重之和是不是 1',
          },
          right: true,
        },
        shape: {
          text: { en: 'the shape of the output', zh: '输出的形状' },
          says: {
            en: 'The shape is the same: kernels are mixed, then convolved, in both.',
            zh: '形状是一样的：两者都是先聚合再卷积。',
          },
        },
        samples: {
          text: {
            en: 'whether samples have kernels of their own',
            zh: '不同样本的卷积核是否不同',
          },
          says: { en: 'They have in both.', zh: '两者都是每个样本各有一套。' },
        },
      },
      because: {
        en: 'DynamicConv takes softmax with a temperature: kernels compete. CondConv takes a sigmoid for each: all may be on, or none. More: `convlab mistakes sigmoid-is-not-softmax`',
        zh: 'DynamicConv 用带温度的 softmax：卷积核互相竞争。CondConv 对每个分数单独做 sigmoid：可以全开，也可以全关。另见 `convlab mistakes sigmoid-is-not-softmax`',
      },
      hints: [
        { en: 'How does each turn scores into weights?', zh: '两者分别怎样把分数变成权重？' },
        { en: 'Softmax against sigmoid.', zh: '一个是 softmax，一个是 sigmoid。' },
      ],
      solution: {
        en: 'The sum: softmax sums to 1, sigmoids need not.',
        zh: '看权重之和：softmax 的和是 1，sigmoid 不一定。',
      },
    })),
    sum: number({ tolerance: 0.005 }, (dice) => {
      const seed = dice.seed()
      const weights = valuesFor('condconv', { size: 8, seed }, 'routing')
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      return {
        ask: {
          en: `Look for yourself: run \`convlab condconv --size 8 --seed ${seed}\`. What do its four weights sum to? Two decimals.`,
          zh: `自己看一看：运行 \`convlab condconv --size 8 --seed ${seed}\`。四个权重之和是多少？保留两位小数。`,
        },
        answer: total,
        mistakes: [
          {
            answer: 1,
            says: {
              en: 'That would be softmax. Add up the four numbers of this run.',
              zh: '那是 softmax 的情况。请把这次运行的四个数加起来。',
            },
          },
          {
            answer: total / weights.length,
            says: { en: 'That is their mean: do not divide.', zh: '那是平均值：不用除。' },
          },
        ],
        because: {
          en: 'Each sigmoid decides for itself, so the sum may be anything from 0 to 4. One run has refuted the claim.',
          zh: '每个 sigmoid 各管各的，和可以是 0 到 4 之间的任何数。一次运行就推翻了那个说法。',
        },
        hints: [
          { en: 'Look at the bars of the step routing.', zh: '看 routing 那一步的横条。' },
          { en: 'Add the four numbers beside the bars.', zh: '把横条旁边的四个数加起来。' },
        ],
        solution: {
          en: `${weights.map((weight) => weight.toFixed(4)).join(' + ')} = ${total.toFixed(4)}`,
          zh: `${weights.map((weight) => weight.toFixed(4)).join(' + ')} = ${total.toFixed(4)}`,
        },
      }
    }),
    average: command(() => ({
      ask: {
        en: `"One may as well average the attention over the batch." Refute it: find a dynamic run with K = 4 in which two samples of a batch differ by more than ${ENOUGH} in the attention weight of some kernel.`,
        zh: `“注意力对整批取平均也没关系。”请反驳：找一次 K = 4 的动态卷积运行，同一批里有两个样本，对某个卷积核的注意力权重相差超过 ${ENOUGH}。`,
      },
      accepts: (trace) =>
        trace.layer === 'dynamic' && trace.config.kernels === 4 && spreadOf(trace) > ENOUGH,
      answer: `dynamic --batch 2 --size 8 --input varied --seed ${tellingSeed()}`,
      mistakes: [
        {
          answer: 'static --batch 2 --size 8',
          when: ({ layer }) => layer !== 'dynamic',
          says: { en: 'Only the dynamic layer has attention.', zh: '只有动态卷积才有注意力。' },
        },
        {
          answer: 'dynamic --batch 2 -K 2 --size 8',
          when: ({ config }) => config.kernels !== 4,
          says: { en: 'Four kernels, please.', zh: '请用四个卷积核。' },
        },
        {
          answer: 'dynamic',
          when: ({ input }) => input.shape[0] === 1,
          says: {
            en: 'One sample has nothing to differ from: --batch.',
            zh: '只有一个样本，没有可比的：用 --batch。',
          },
        },
        {
          answer: 'dynamic --batch 4',
          when: ({ input }) => input.source !== 'varied',
          says: {
            en: 'Random samples have nearly the same channel means, so their attention is nearly the same: --input varied, as real images are.',
            zh: '随机样本的通道均值几乎相同，注意力也就几乎相同：请用 --input varied，更像真实图片。',
          },
        },
        {
          answer: 'dynamic --batch 2 --size 8 --input varied -T 30',
          when: () => true,
          says: {
            en: 'These samples hardly differ. More samples, another seed, or a lower temperature?',
            zh: '这几个样本几乎没有差别。多几个样本，换个种子，或者降低温度？',
          },
        },
      ],
      because: {
        en: 'Averaged, both samples would get a kernel that suits neither, and the result of one would depend on what happens to stand beside it. More: `convlab mistakes batch-averaged-attention`',
        zh: '一平均，两个样本拿到的卷积核对谁都不合适，而且一个样本的结果会受同批其他样本影响。另见 `convlab mistakes batch-averaged-attention`',
      },
      hints: [
        {
          en: 'Lesson 9: which input lets samples differ?',
          zh: '第 9 课：哪种输入能让样本不一样？',
        },
        {
          en: '--batch 8 --input varied, and perhaps another seed.',
          zh: '--batch 8 --input varied，必要时换个种子。',
        },
      ],
      solution: {
        en: `\`dynamic --batch 2 --size 8 --input varied --seed ${tellingSeed()}\``,
        zh: `\`dynamic --batch 2 --size 8 --input varied --seed ${tellingSeed()}\``,
      },
    })),
  },
}
