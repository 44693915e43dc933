import { choices } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor } from '../../src/course/lesson-runs.ts'
import { grouped } from '../../src/course/toolbox.ts'

const article = costFor('static', {})

export const lesson: Lesson = {
  taskId: 4,
  facts: () => ({
    parameters: article.parameters,
    'multiply-adds': grouped(article.multiplyAdds),
    half: grouped(costFor('static', { size: 16 }).multiplyAdds),
  }),
  questions: {
    parameters: number({ tolerance: 0 }, (dice) => {
      const layer = {
        in: dice.whole(4, 20),
        out: dice.whole(21, 40),
        kernelSize: dice.pick([3, 5]),
        size: 16,
      }
      const { in: C, out: O, kernelSize: k } = layer
      return {
        ask: {
          en: `${C} input channels, ${O} output channels, ${k}x${k} kernels, with bias, one group. How many parameters?`,
          zh: `输入 ${C} 个通道，输出 ${O} 个通道，${k}x${k} 卷积核，带偏置，不分组。有多少个参数？`,
        },
        answer: costFor('static', layer).parameters,
        mistakes: [
          {
            answer: costFor('static', { ...layer, bias: false }).parameters,
            says: {
              en: 'Right up to the bias: one for each output channel.',
              zh: '只差偏置：每个输出通道一个。',
            },
          },
          {
            answer: costFor('static', { ...layer, in: 1 }).parameters,
            says: {
              en: 'A kernel covers all input channels: it is not flat.',
              zh: '卷积核要盖住所有输入通道，它不是一张平面。',
            },
          },
          {
            answer: O * C * k * k + C,
            says: {
              en: 'The biases belong to the output channels.',
              zh: '偏置是跟着输出通道走的。',
            },
          },
        ],
        because: {
          en: 'out * in * rows * columns + out. The size of the image plays no part.',
          zh: '输出 × 输入 × 行 × 列 + 输出。与图片大小无关。',
        },
        hints: [
          { en: 'How many numbers has one kernel?', zh: '一个卷积核有多少个数？' },
          {
            en: 'out kernels of in * k * k numbers, and out biases.',
            zh: '输出通道数个卷积核，每个“输入 × k × k”个数，再加同样多的偏置。',
          },
        ],
        solution: {
          en: `${O}*${C}*${k}*${k} + ${O} = ${costFor('static', layer).parameters}`,
          zh: `${O}×${C}×${k}×${k} + ${O} = ${costFor('static', layer).parameters}`,
        },
      }
    }),
    'multiply-adds': number({ tolerance: 0 }, (dice) => {
      const layer = {
        in: dice.whole(2, 9),
        out: dice.whole(10, 20),
        size: dice.pick([16, 20, 24]),
        stride: 2,
        padding: 1,
      }
      const { in: C, out: O, size } = layer
      const cost = (given: object) => costFor('static', { ...layer, ...given }).multiplyAdds
      return {
        ask: {
          en: `${C} input channels, ${O} output channels, 3x3 kernels, stride 2, padding 1, input ${size} x ${size}. How many multiply-adds for one sample?`,
          zh: `输入 ${C} 个通道，输出 ${O} 个通道，3x3 卷积核，步长 2，填充 1，输入 ${size} × ${size}。一个样本要做多少次乘加？`,
        },
        answer: cost({}),
        mistakes: [
          {
            answer: cost({ stride: 1 }),
            says: {
              en: 'That counts every pixel of the input. Only pixels of the output are computed.',
              zh: '那是按输入的每个像素算的。要算的只有输出的像素。',
            },
          },
          {
            answer: 2 * cost({}),
            says: {
              en: 'Those are single operations: a multiply-add is one multiplication and one addition together.',
              zh: '那是把乘法和加法分开数了：一次乘加包括一次乘法和一次加法。',
            },
          },
          {
            answer: cost({ in: 1 }),
            says: {
              en: 'Every output value sums over all input channels.',
              zh: '每个输出值都要对所有输入通道求和。',
            },
          },
        ],
        because: {
          en: 'Every weight is used once for every pixel of the output.',
          zh: '输出的每个像素，都要把每个权重用上一次。',
        },
        hints: [
          { en: 'First the size of the output: lesson 2.', zh: '先算输出的大小：见第 2 课。' },
          {
            en: `Output pixels (${size / 2} * ${size / 2}), times weights.`,
            zh: `输出像素数（${size / 2} × ${size / 2}）乘以权重数。`,
          },
        ],
        solution: {
          en: `${size / 2}*${size / 2} pixels * ${O}*${C}*3*3 weights = ${cost({})}`,
          zh: `${size / 2}×${size / 2} 个像素 × ${O}×${C}×3×3 个权重 = ${cost({})}`,
        },
      }
    }),
    grows: choices(() => ({
      ask: {
        en: 'What makes the number of multiply-adds grow, but leaves the number of parameters alone?',
        zh: '哪些改动会增加乘加次数，却不改变参数个数？',
      },
      options: {
        size: {
          text: { en: 'a larger input', zh: '更大的输入' },
          right: true,
          says: {
            en: 'More pixels, the same weights: a larger input belongs in the list.',
            zh: '像素多了，权重没变：更大的输入应当选上。',
          },
        },
        padding: {
          text: { en: 'more padding', zh: '更多的填充' },
          right: true,
          says: {
            en: 'More padding makes a larger output, and costs no weight.',
            zh: '填充多了，输出变大，权重没有增加。',
          },
        },
        channels: {
          text: { en: 'more output channels', zh: '更多的输出通道' },
          right: false,
          says: {
            en: 'Every output channel brings a kernel: the parameters grow too.',
            zh: '每多一个输出通道就多一个卷积核：参数也会增加。',
          },
        },
        stride: {
          text: { en: 'a larger stride', zh: '更大的步长' },
          right: false,
          says: {
            en: 'A larger stride makes fewer windows: the work shrinks.',
            zh: '步长越大窗口越少，计算量是减少的。',
          },
        },
      },
      because: {
        en: 'Parameters know kernels only; work also knows how many windows there are.',
        zh: '参数只与卷积核有关；计算量还与窗口数有关。',
      },
      hints: [
        {
          en: 'Parameters: out * in / groups * k * k + out.',
          zh: '参数：输出 × 输入 / 组数 × k × k + 输出。',
        },
        {
          en: 'What makes the output larger without touching that?',
          zh: '什么能让输出变大，又不影响上面这个式子？',
        },
      ],
      solution: {
        en: 'A larger input and more padding: both add windows, neither adds weights.',
        zh: '更大的输入和更多的填充：窗口都变多，权重都不变。',
      },
    })),
    budget: command(() => ({
      ask: {
        en: 'Write a command for a static layer from 32 to 32 channels with 3x3 kernels and at most 1000 parameters.',
        zh: '写一条命令：32 通道到 32 通道、3x3 卷积核的普通卷积，参数不超过 1000 个。',
      },
      accepts: ({ layer, config, cost }) =>
        layer === 'static' &&
        config.in === 32 &&
        config.out === 32 &&
        String(config.kernelSize) === '3,3' &&
        cost.parameters <= 1000,
      answer: 'static --in 32 --out 32 --groups 16 --size 8',
      mistakes: [
        {
          answer: 'static --in 32 --out 3 --size 8',
          when: ({ config }) => config.in !== 32 || config.out !== 32,
          says: { en: 'Keep 32 channels at both ends.', zh: '两端都要保持 32 个通道。' },
        },
        {
          answer: 'static --in 32 --out 32 -k 1 --groups 2 --size 8',
          when: ({ config }) => String(config.kernelSize) !== '3,3',
          says: { en: 'Keep the 3x3 kernels.', zh: '卷积核要保持 3x3。' },
        },
        {
          answer: 'static --in 32 --out 32 --size 8',
          when: ({ cost }) => cost.parameters > 1000,
          says: {
            en: 'Too many parameters: a smaller image does not help, groups do.',
            zh: '参数太多：缩小图片没有用，分组才有用。',
          },
        },
      ],
      because: {
        en: 'Groups divide the weights. What they cost is that channels of different groups never meet.',
        zh: '分组让权重成倍减少，代价是不同组的通道互不相见。',
      },
      hints: [
        { en: 'Which option makes every kernel thinner?', zh: '哪个选项能让每个卷积核变薄？' },
        { en: 'Try --groups 16.', zh: '试试 --groups 16。' },
      ],
      solution: {
        en: '`static --in 32 --out 32 --groups 16`: 32*2*3*3 + 32 parameters.',
        zh: '`static --in 32 --out 32 --groups 16`：32×2×3×3 + 32 个参数。',
      },
    })),
  },
}
