import type { Dice } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { flipped, matrixText, tables } from '../../src/course/question-text.ts'
import { convolve, stepOf } from '../../src/course/toolbox.ts'

type Rows = number[][]

/** One channel, one kernel. */
function slide(x: Rows, w: Rows, bias = 0): Rows {
  return convolve([x], [[w]], [bias])[0] as Rows
}

function draw(dice: Dice, rows: number, columns: number): Rows {
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => dice.whole(-3, 3)),
  )
}

function only(y: Rows): number {
  return y[0]?.[0] as number
}

const example = {
  x: [
    [1, 2],
    [3, 4],
  ],
  w: [
    [10, 0],
    [-1, 5],
  ],
  bias: 2,
}

export const lesson: Lesson = {
  taskId: 1,
  facts: () => ({
    example: only(slide(example.x, example.w, example.bias)),
    'example-flipped': only(slide(example.x, flipped(example.w), example.bias)),
  }),
  questions: {
    pixel: number({ tolerance: 0 }, (dice) => {
      const [x, w, bias] = [draw(dice, 3, 3), draw(dice, 3, 3), dice.whole(1, 9)]
      const sum = only(slide(x, w))
      return {
        ask: {
          en: `The bias is ${bias}. What is the output value?${tables(['window', x], ['kernel', w])}`,
          zh: `偏置是 ${bias}。输出值是多少？${tables(['窗口', x], ['卷积核', w])}`,
        },
        answer: only(slide(x, w, bias)),
        mistakes: [
          {
            answer: sum,
            says: {
              en: 'Right up to the bias: add it once, at the end.',
              zh: '只差偏置：最后要加一次偏置。',
            },
          },
          {
            answer: only(slide(x, flipped(w), bias)),
            says: {
              en: 'You flipped the kernel. Mathematics books do; deep learning lays it down as it is.',
              zh: '你把卷积核翻转了。数学书里要翻转，深度学习里是原样放上去的。',
            },
          },
          {
            answer: sum + 9 * bias,
            says: {
              en: 'You added the bias to each of the nine products: it belongs to the sum, once.',
              zh: '你给九个乘积各加了一次偏置：偏置只在求和之后加一次。',
            },
          },
        ],
        because: {
          en: 'Nine products, one sum, one bias: that is every pixel of every convolution.',
          zh: '九个乘积、一次求和、再加一个偏置：任何卷积的任何一个像素都是这样来的。',
        },
        hints: [
          {
            en: 'Multiply the numbers that lie on each other, place by place.',
            zh: '把重叠位置上的两个数分别相乘。',
          },
          { en: 'Add up the nine products, then the bias.', zh: '把九个乘积加起来，再加偏置。' },
        ],
        solution: {
          en: `The nine products, row by row: ${products(x, w)}. They sum to ${sum}; with the bias ${bias} that is ${sum + bias}.`,
          zh: `九个乘积依次是：${products(x, w)}。它们的和是 ${sum}，加上偏置 ${bias} 得 ${sum + bias}。`,
        },
      }
    }),
    place: number({ tolerance: 0 }, (dice) => {
      const [x, w] = [draw(dice, 4, 4), draw(dice, 2, 2)]
      const y = slide(x, w)
      const [row, column] = dice.pick([
        [1, 2],
        [2, 1],
      ] as const)
      return {
        ask: {
          en: `Without bias and padding, what is output[${row}, ${column}]? (Rows first, counted from 0.)${tables(['input', x], ['kernel', w])}`,
          zh: `没有偏置，也没有填充，output[${row}, ${column}] 是多少？（先行后列，从 0 数起。）${tables(['输入', x], ['卷积核', w])}`,
        },
        answer: y[row]?.[column] as number,
        mistakes: [
          {
            answer: y[column]?.[row] as number,
            says: {
              en: `That is output[${column}, ${row}]: the first index counts rows.`,
              zh: `那是 output[${column}, ${row}]：第一个下标数的是行。`,
            },
          },
          {
            answer: y[row - 1]?.[column - 1] as number,
            says: {
              en: 'You counted from 1: the first row and the first column are number 0.',
              zh: '你是从 1 数起的：第一行、第一列的编号是 0。',
            },
          },
          {
            answer: slide(x, flipped(w))[row]?.[column] as number,
            says: {
              en: 'You flipped the kernel: lay it down as it is.',
              zh: '你把卷积核翻转了：请原样放上去。',
            },
          },
        ],
        because: {
          en: 'The output index says where the corner of the window stands.',
          zh: '输出的下标就是窗口左上角所在的位置。',
        },
        hints: [
          {
            en: `The corner of the window stands on input[${row}, ${column}].`,
            zh: `窗口的左上角落在 input[${row}, ${column}]。`,
          },
          {
            en: 'The window is 2 x 2: take those four numbers, multiply, add.',
            zh: '窗口是 2 × 2：取出这四个数，相乘再相加。',
          },
        ],
        solution: {
          en: `The window there is ${matrixText(windowOf(x, row, column))}; its products with the kernel sum to ${y[row]?.[column]}.`,
          zh: `那里的窗口是 ${matrixText(windowOf(x, row, column))}，与卷积核逐位相乘再求和，得 ${y[row]?.[column]}。`,
        },
      }
    }),
    word: choice(() => ({
      ask: {
        en: 'What does a deep learning library compute under the name of convolution?',
        zh: '深度学习库里叫做“卷积”的，实际算的是什么？',
      },
      options: {
        correlation: {
          text: {
            en: 'the sum of products, with the kernel as it is',
            zh: '卷积核原样放上去，乘积求和',
          },
          right: true,
        },
        flip: {
          text: {
            en: 'the sum of products, with the kernel turned by half a turn',
            zh: '卷积核旋转 180 度之后，乘积求和',
          },
          says: {
            en: 'That is the convolution of mathematics. A network learns its kernel, so it may as well learn it turned.',
            zh: '那是数学里的卷积。网络的卷积核是学出来的，翻不翻转都能学，所以省掉了翻转。',
          },
        },
        mean: {
          text: { en: 'the mean of the products', zh: '乘积的平均值' },
          says: {
            en: 'Nothing is divided: a kernel that should average learns small numbers.',
            zh: '没有除法：需要求平均的话，卷积核自己会学成很小的数。',
          },
        },
      },
      because: {
        en: 'Mathematicians call it cross-correlation. The kernel is learnt, so turning it would change nothing.',
        zh: '数学家叫它互相关。卷积核是学出来的，翻转与否没有差别。',
      },
      hints: [
        {
          en: 'Look again at the example with the flipped kernel.',
          zh: '回头看看翻转卷积核的那个例子。',
        },
        { en: 'The first question did not turn anything.', zh: '第一个问题里什么也没有翻转。' },
      ],
      solution: {
        en: 'The kernel is laid down as it is: the sum of products.',
        zh: '卷积核原样放上去，乘积求和。',
      },
    })),
    single: command(() => ({
      ask: {
        en: 'Write a command for a static layer with one input channel and one output channel whose output is a single number.',
        zh: '写一条命令：一个输入通道、一个输出通道的普通卷积，输出只有一个数。',
      },
      accepts: ({ layer, config, steps }) =>
        layer === 'static' &&
        config.in === 1 &&
        stepOf({ layer, steps }, 'output').values.length === 1,
      answer: 'static --in 1 --out 1 --size 3 --padding 0',
      mistakes: [
        {
          answer: 'static --in 1 --out 1 --size 3',
          when: ({ config }) => String(config.padding) !== '0,0',
          says: {
            en: 'The static layer pads by 1 unless told otherwise, so the window has room to move: add --padding 0.',
            zh: '普通卷积默认填充 1，窗口还能移动：请加上 --padding 0。',
          },
        },
        {
          answer: 'static --size 3 --padding 0',
          when: ({ config }) => config.in !== 1 || config.out !== 1,
          says: {
            en: 'There are more channels than one: set --in 1 and --out 1.',
            zh: '通道不止一个：请设 --in 1 和 --out 1。',
          },
        },
        {
          answer: 'static --in 1 --out 1 --size 5 --padding 0',
          when: ({ steps, layer }) => stepOf({ layer, steps }, 'output').values.length > 1,
          says: {
            en: 'The window still has room to move: make the input as large as the kernel.',
            zh: '窗口还有移动的余地：让输入和卷积核一样大。',
          },
        },
      ],
      because: {
        en: 'When the kernel covers the whole input there is one window, and one output.',
        zh: '卷积核盖住整个输入时，只有一个窗口，也就只有一个输出。',
      },
      hints: [
        {
          en: 'One output means that the window stands in one place only.',
          zh: '只有一个输出，说明窗口只有一个位置可放。',
        },
        {
          en: 'Make --size as large as --kernel-size, without padding.',
          zh: '让 --size 等于 --kernel-size，并且不填充。',
        },
      ],
      solution: {
        en: '`static --in 1 --out 1 --size 3 --padding 0`: a 3x3 kernel on a 3x3 input.',
        zh: '`static --in 1 --out 1 --size 3 --padding 0`：3x3 的卷积核放在 3x3 的输入上。',
      },
    })),
  },
}

function windowOf(x: Rows, row: number, column: number): Rows {
  return x.slice(row, row + 2).map((line) => line.slice(column, column + 2))
}

function products(x: Rows, w: Rows): string {
  return x.flatMap((row, i) => row.map((value, j) => value * (w[i]?.[j] as number))).join(', ')
}
