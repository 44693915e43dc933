import { code } from '../../src/course/code.ts'
import { type Dice, wholes } from '../../src/course/dice.ts'
import { choice, order } from '../../src/course/kinds/choices.ts'
import { shape } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor, shapeFor, valuesFor } from '../../src/course/lesson-runs.ts'
import { convolve, decimal, sizeOf, tensor, toNested } from '../../src/course/toolbox.ts'

type Map3 = number[][][]

function randn(dice: Dice, ...shape: number[]) {
  const values = dice.stream.randn(sizeOf(shape)).map((value) => Math.round(value * 100) / 100)
  return toNested(tensor(values, shape))
}

/** A sample, kernels, biases, and the output that the library gives. */
function drawCase(dice: Dice) {
  const [channels, out, kernel] = [dice.whole(1, 3), dice.whole(2, 4), dice.pick([1, 3])]
  const [stride, padding] = [dice.whole(1, 2), dice.whole(0, 2)]
  const x = randn(dice, channels, dice.whole(5, 7), dice.whole(5, 7)) as Map3
  const w = randn(dice, out, channels, kernel, kernel) as Map3[]
  const b = randn(dice, out) as number[]
  const how = { stride: [stride, stride], padding: [padding, padding] } as const
  return { input: [x, w, b, stride, padding], expected: convolve(x, w, b, how) }
}

/** Few whole numbers: what is shown of a mistake. */
function drawSmall(dice: Dice, channels: number, stride: number, padding: number) {
  const x = wholes(dice, channels, 2, 3) as Map3
  const w = wholes(dice, 1, channels, 2, 2) as Map3[]
  const b = [dice.whole(1, 3)]
  const how = { stride: [stride, stride], padding: [padding, padding] } as const
  return { input: [x, w, b, stride, padding], expected: convolve(x, w, b, how) }
}

export const lesson: Lesson = {
  taskId: 5,
  facts: () => ({
    first: decimal(valuesFor('static', { size: 4 }, 'input')[0] as number),
    parameters: costFor('static', {}).parameters,
  }),
  questions: {
    prints: shape((dice) => {
      const layer = {
        out: dice.whole(10, 30),
        kernelSize: dice.pick([3, 5, 7]),
        size: dice.whole(20, 40),
        padding: 1,
      }
      const { out, kernelSize, size } = layer
      return {
        ask: {
          en: `Someone changes the article's program: out_channels=${out}, kernel_size=${kernelSize}, padding=1, and x = torch.randn(1, 3, ${size}, ${size}). What shape does it print?`,
          zh: `有人改了文章的程序：out_channels=${out}，kernel_size=${kernelSize}，padding=1，x = torch.randn(1, 3, ${size}, ${size})。程序会打印什么形状？`,
        },
        answer: shapeFor('static', layer, 'output'),
        mistakes: [
          {
            answer: shapeFor('static', { ...layer, padding: 0 }, 'output'),
            says: { en: 'That is the shape without padding.', zh: '那是不填充时的形状。' },
          },
          {
            answer: [1, 3, ...shapeFor('static', layer, 'output').slice(2)],
            says: {
              en: 'The channels of the output are the out channels: one for each kernel.',
              zh: '输出的通道数是 out_channels：一个卷积核一个通道。',
            },
          },
          {
            answer: shapeFor('static', layer, 'output').slice(2),
            says: {
              en: 'Right so far, but the program prints all four: batch, channels, rows, columns.',
              zh: '这部分没错，但程序打印的是四个数：批、通道、行、列。',
            },
          },
        ],
        because: {
          en: 'Batch, out channels, and the formula of lesson 2 for rows and columns.',
          zh: '批大小、输出通道数，行和列用第 2 课的公式。',
        },
        hints: [
          {
            en: 'PyTorch orders the axes: batch, channels, rows, columns.',
            zh: 'PyTorch 的维度顺序：批、通道、行、列。',
          },
          {
            en: `Rows: ${size} + 2 - ${kernelSize} + 1.`,
            zh: `行数：${size} + 2 − ${kernelSize} + 1。`,
          },
        ],
        solution: {
          en: `1 sample, ${out} channels, ${size} + 2 - ${kernelSize} + 1 rows and columns: ${shapeFor('static', layer, 'output').join('x')}.`,
          zh: `1 个样本，${out} 个通道，行和列都是 ${size} + 2 − ${kernelSize} + 1：${shapeFor('static', layer, 'output').join('x')}。`,
        },
      }
    }),
    stream: order(() => ({
      ask: {
        en: "torch.manual_seed(0), then the article's program: in which order are random numbers drawn and used?",
        zh: '先 torch.manual_seed(0)，再运行文章的程序：随机数按什么顺序抽取、使用？',
      },
      items: {
        input: { en: 'the input x', zh: '输入 x' },
        weight: { en: 'the weight of the layer', zh: '卷积层的 weight' },
        bias: { en: 'the bias of the layer', zh: '卷积层的 bias' },
        output: {
          en: 'nothing more is drawn: the output is computed',
          zh: '不再抽取，开始计算输出',
        },
      },
      swaps: [
        {
          first: 'input',
          second: 'weight',
          says: {
            en: 'The article makes input_tensor before the model, so the input takes the first numbers.',
            zh: '文章先建 input_tensor 再建模型，所以输入先用掉最前面的随机数。',
          },
        },
        {
          first: 'weight',
          second: 'bias',
          says: {
            en: 'nn.Conv2d draws its weight before its bias.',
            zh: 'nn.Conv2d 先抽 weight，再抽 bias。',
          },
        },
        {
          first: 'bias',
          second: 'output',
          says: {
            en: 'The output needs the bias: first draw, then compute.',
            zh: '算输出要用到偏置：先抽完，再计算。',
          },
        },
      ],
      because: {
        en: 'One stream of numbers, used up in the order of the program. Swap two lines and every number changes.',
        zh: '只有一条随机数流，按程序的顺序用下去。调换两行，所有数字都会变。',
      },
      hints: [
        {
          en: 'Read the last lines of the program from top to bottom.',
          zh: '把程序最后几行从上到下读一遍。',
        },
        {
          en: 'First the input. Then the model: weight, bias.',
          zh: '先是输入，然后是模型：weight、bias。',
        },
      ],
      solution: {
        en: 'Input, weight, bias; then the output.',
        zh: '输入、weight、bias，然后是输出。',
      },
    })),
    fixed: choice(() => ({
      ask: {
        en: 'The layer is trained and then meets two different images. What is the same for both?',
        zh: '这一层训练好之后，遇到两张不同的图片。哪样东西对两张图是一样的？',
      },
      options: {
        kernels: { text: { en: 'the kernels and biases', zh: '卷积核和偏置' }, right: true },
        output: {
          text: { en: 'the output', zh: '输出' },
          says: {
            en: 'The output follows the image. Only its shape stays.',
            zh: '输出随图片而变，不变的只有形状。',
          },
        },
        nothing: {
          text: { en: 'nothing: the kernels adapt', zh: '都不一样：卷积核会适应图片' },
          says: {
            en: 'That is dynamic convolution, from the next lesson on.',
            zh: '那是动态卷积，从下一课开始讲。',
          },
        },
      },
      because: {
        en: 'That is what static means: one kernel for every image and every place in it.',
        zh: '这就是“静态”的意思：所有图片、所有位置，都用同一组卷积核。',
      },
      hints: [
        {
          en: 'What does training change, and what changes afterwards?',
          zh: '训练改变的是什么？训练之后还有什么会变？',
        },
        { en: 'After training the parameters are fixed.', zh: '训练结束后，参数就固定了。' },
      ],
      solution: {
        en: 'The kernels and biases: they are fixed.',
        zh: '卷积核和偏置：它们是固定的。',
      },
    })),
    'write-it': code(() => ({
      ask: {
        en: 'Write convolve(x, w, b, stride, padding): the whole layer for one sample.',
        zh: '写出 convolve(x, w, b, stride, padding)：对一个样本做完整的卷积。',
      },
      function: 'convolve',
      cases: (dice) => [
        drawSmall(dice, 1, 1, 0),
        drawSmall(dice, 2, 1, 0),
        drawSmall(dice, 1, 2, 1),
        ...Array.from({ length: 6 }, () => drawCase(dice)),
      ],
      because: {
        en: 'That is all of nn.Conv2d, but for speed, groups and dilation.',
        zh: '除了速度、分组和空洞率，nn.Conv2d 做的就是这些。',
      },
      mistakes: [
        {
          edit: ['let sum = b[out]', 'let sum = 0'],
          says: { en: 'Right up to the bias.', zh: '只差偏置。' },
        },
        {
          edit: ['kernels[c][u][v]', 'kernels[c][kernel - 1 - u][kernel - 1 - v]'],
          says: {
            en: 'You flipped the kernel: lay it down as it is.',
            zh: '你把卷积核翻转了：请原样放上去。',
          },
        },
        {
          edit: ['kernels[c][u][v]', 'kernels[c][v][u]'],
          says: { en: 'You swapped rows and columns of the kernel.', zh: '卷积核的行和列弄反了。' },
        },
        {
          edit: ['c < x.length', 'c < 1'],
          says: { en: 'Only the first input channel was summed.', zh: '只加了第一个输入通道。' },
        },
        {
          edit: ['j * stride + v - padding', 'j * stride + v'],
          says: {
            en: 'The padding moves the window in both directions: rows and columns.',
            zh: '填充对行和列都有影响，两个方向都要减。',
          },
        },
      ],
      hints: [
        {
          en: 'Three loops: input channel, kernel row, kernel column. Start the sum with the bias.',
          zh: '三层循环：输入通道、卷积核的行、卷积核的列。求和从偏置开始。',
        },
        {
          en: 'The pixel under kernel[u][v] is x[c][i * stride + u - padding][j * stride + v - padding], or 0 where there is none.',
          zh: '卷积核 [u][v] 盖住的像素是 x[c][i * stride + u - padding][j * stride + v - padding]，没有就当 0。',
        },
      ],
      solution: {
        en: 'sum = b[out]; for every c, u, v: `sum += kernels[c][u][v] * (x[c][i * stride + u - padding]?.[j * stride + v - padding] ?? 0)`.',
        zh: 'sum = b[out]；对所有 c、u、v：`sum += kernels[c][u][v] * (x[c][i * stride + u - padding]?.[j * stride + v - padding] ?? 0)`。',
      },
    })),
  },
}
