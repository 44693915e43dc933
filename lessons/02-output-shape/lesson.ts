import { code } from '../../src/course/code.ts'
import type { Dice } from '../../src/course/dice.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number, shape } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { type Geometry, outputSize, pointwise, stepOf } from '../../src/course/toolbox.ts'

/** Geometry along both axes alike. */
interface Axis {
  readonly size: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
  readonly dilation: number
}

function sizeFor({ size, kernel, stride, padding, dilation }: Axis): number {
  const geometry: Geometry = {
    ...pointwise,
    kernelSize: [kernel, kernel],
    stride: [stride, stride],
    padding: [padding, padding],
    dilation: [dilation, dilation],
  }
  return outputSize(geometry, [size, size])[0]
}

function draw(dice: Dice): Axis {
  return {
    size: dice.whole(24, 64),
    kernel: dice.pick([3, 5, 7]),
    stride: dice.whole(2, 3),
    padding: dice.whole(1, 3),
    dilation: dice.whole(2, 3),
  }
}

const plain = { size: 32, kernel: 3, stride: 1, padding: 0, dilation: 1 }

export const lesson: Lesson = {
  taskId: 2,
  facts: () => ({
    bare: sizeFor(plain),
    padded: sizeFor({ ...plain, padding: 1 }),
    strided: sizeFor({ ...plain, padding: 1, stride: 2 }),
    dilated: sizeFor({ ...plain, dilation: 2 }),
  }),
  questions: {
    plain: shape((dice) => {
      const [rows, columns, kernel] = [
        dice.whole(20, 40),
        dice.whole(41, 60),
        dice.pick([3, 5, 7] as const),
      ]
      const sizes = (padding: number) =>
        [rows, columns].map((size) => sizeFor({ ...plain, size, kernel, padding }))
      return {
        ask: {
          en: `An input of ${rows} x ${columns}, a kernel of ${kernel} x ${kernel}, stride 1, no padding. How large is the output (rows, columns)?`,
          zh: `输入 ${rows} × ${columns}，卷积核 ${kernel} × ${kernel}，步长 1，不填充。输出有多大（行、列）？`,
        },
        answer: sizes(0),
        mistakes: [
          {
            answer: [rows, columns],
            says: {
              en: 'That would need padding: without it the window stops at the edge.',
              zh: '那需要填充：不填充的话，窗口到边就停了。',
            },
          },
          {
            answer: [rows - kernel, columns - kernel],
            says: {
              en: 'One too few: the window also stands at position 0.',
              zh: '少数了一个：位置 0 也放得下一个窗口。',
            },
          },
          {
            answer: sizes(0).reverse(),
            says: { en: 'Rows come first.', zh: '先写行，再写列。' },
          },
        ],
        because: {
          en: 'size - kernel + 1: one window at 0, and one more for every step to the edge.',
          zh: '大小 − 卷积核 + 1：位置 0 有一个窗口，往边上每挪一步又多一个。',
        },
        hints: [
          {
            en: `Along one axis: where does the last window of ${kernel} begin, if it must end at the edge?`,
            zh: `只看一个方向：长为 ${kernel} 的窗口紧贴着边结束，它从哪里开始？`,
          },
          { en: 'Size minus kernel, plus one.', zh: '大小减卷积核，再加一。' },
        ],
        solution: {
          en: `${rows} - ${kernel} + 1 = ${sizes(0)[0]} rows, ${columns} - ${kernel} + 1 = ${sizes(0)[1]} columns.`,
          zh: `行：${rows} − ${kernel} + 1 = ${sizes(0)[0]}；列：${columns} − ${kernel} + 1 = ${sizes(0)[1]}。`,
        },
      }
    }),
    everything: number({ tolerance: 0 }, (dice) => {
      const axis = draw(dice)
      const { size, kernel, stride, padding, dilation } = axis
      const reach = dilation * (kernel - 1) + 1
      const free = size + 2 * padding - reach
      return {
        ask: {
          en: `Size ${size}, kernel ${kernel}, stride ${stride}, padding ${padding}, dilation ${dilation}. How many output values along the axis?`,
          zh: `大小 ${size}，卷积核 ${kernel}，步长 ${stride}，填充 ${padding}，空洞率 ${dilation}。沿这个方向有几个输出？`,
        },
        answer: sizeFor(axis),
        mistakes: [
          {
            answer: sizeFor({ ...axis, stride: 1 }),
            says: { en: 'That is the size for stride 1.', zh: '那是步长为 1 时的大小。' },
          },
          {
            answer: sizeFor({ ...axis, dilation: 1 }),
            says: {
              en: 'That is the size without dilation: the spread kernel reaches further.',
              zh: '那是没有空洞时的大小：撑开的卷积核跨得更远。',
            },
          },
          {
            answer: sizeFor({ ...axis, padding: 0 }),
            says: { en: 'That is the size without padding.', zh: '那是不填充时的大小。' },
          },
          {
            answer: Math.ceil(free / stride) + 1,
            says: {
              en: 'Rounded up: a window that hangs over the edge does not count.',
              zh: '多进了一位：伸到边外的窗口不算。',
            },
          },
        ],
        because: {
          en: `The kernel reaches over ${reach} pixels, so its first tap may move by ${free}; windows are ${stride} apart.`,
          zh: `卷积核一共跨 ${reach} 个像素，起点可以移动 ${free} 格，每隔 ${stride} 格放一个窗口。`,
        },
        hints: [
          {
            en: `How far does the kernel reach? ${kernel} taps, ${dilation} apart.`,
            zh: `卷积核跨多远？${kernel} 个采样点，相邻的间隔 ${dilation}。`,
          },
          {
            en: 'Size plus twice the padding, minus the reach; divide by the stride, round down, add one.',
            zh: '大小加两倍填充，减去跨度，除以步长，向下取整，再加一。',
          },
        ],
        solution: {
          en: `Reach ${dilation}*(${kernel}-1)+1 = ${reach}. floor((${size} + 2*${padding} - ${reach}) / ${stride}) + 1 = ${sizeFor(axis)}.`,
          zh: `跨度 ${dilation}×(${kernel}−1)+1 = ${reach}。floor((${size} + 2×${padding} − ${reach}) / ${stride}) + 1 = ${sizeFor(axis)}。`,
        },
      }
    }),
    halve: command(() => ({
      ask: {
        en: 'Write a command for a static layer with 5x5 kernels that turns an input of 64 x 64 into 32 x 32.',
        zh: '写一条命令：用 5x5 卷积核的普通卷积，把 64 × 64 的输入变成 32 × 32。',
      },
      accepts: ({ layer, config, input, steps }) =>
        layer === 'static' &&
        String(config.kernelSize) === '5,5' &&
        String(input.shape.slice(2)) === '64,64' &&
        String(stepOf({ layer, steps }, 'output').shape.slice(2)) === '32,32',
      answer: 'static -k 5 --size 64 --stride 2 --padding 2',
      mistakes: [
        {
          answer: 'static -k 5 --stride 2 --padding 2',
          when: ({ input }) => String(input.shape.slice(2)) !== '64,64',
          says: {
            en: 'The input is to be 64 x 64: --size 64.',
            zh: '输入应为 64 × 64：--size 64。',
          },
        },
        {
          answer: 'static --size 64 --stride 2 --padding 1',
          when: ({ config }) => String(config.kernelSize) !== '5,5',
          says: { en: 'The kernels are to be 5x5: -k 5.', zh: '卷积核应为 5x5：-k 5。' },
        },
        {
          answer: 'static -k 5 --size 64',
          when: ({ config }) => String(config.stride) === '1,1',
          says: {
            en: 'Stride 1 looks at every place: skip every other.',
            zh: '步长 1 会走遍每个位置：隔一个走一个才行。',
          },
        },
        {
          answer: 'static -k 5 --size 64 --stride 2 --padding 0',
          when: ({ steps, layer }) => (stepOf({ layer, steps }, 'output').shape[2] as number) < 32,
          says: { en: 'Too small: pad a little more.', zh: '偏小了：再多填充一点。' },
        },
      ],
      because: {
        en: 'Stride 2 with padding (k - 1) / 2 halves the size: the usual way to shrink a map.',
        zh: '步长 2 配上填充 (k − 1) / 2，大小正好减半：这是缩小特征图的常用办法。',
      },
      hints: [
        { en: 'Which option halves the number of windows?', zh: '哪个选项能让窗口数减半？' },
        {
          en: 'Stride 2; then find the padding for a 5x5 kernel.',
          zh: '步长 2；再想 5x5 的卷积核要填充多少。',
        },
      ],
      solution: {
        en: '`static -k 5 --size 64 --stride 2 --padding 2`: floor((64 + 4 - 5) / 2) + 1 = 32.',
        zh: '`static -k 5 --size 64 --stride 2 --padding 2`：floor((64 + 4 − 5) / 2) + 1 = 32。',
      },
    })),
    'write-it': code(() => ({
      ask: {
        en: 'Write outputSize(size, kernel, stride, padding, dilation): the number of outputs along one axis.',
        zh: '写出 outputSize(size, kernel, stride, padding, dilation)：一个方向上的输出个数。',
      },
      function: 'outputSize',
      cases: (dice) =>
        [{ ...plain, padding: 1 }, ...Array.from({ length: 20 }, () => draw(dice))].map((axis) => ({
          input: [axis.size, axis.kernel, axis.stride, axis.padding, axis.dilation],
          expected: sizeFor(axis),
        })),
      because: {
        en: 'That is the formula of every deep learning library.',
        zh: '所有深度学习库用的都是这个公式。',
      },
      mistakes: [
        {
          edit: ['Math.floor(free / stride)', 'free'],
          says: { en: 'These are the sizes for stride 1.', zh: '这些都是步长为 1 时的大小。' },
        },
        {
          edit: ['Math.floor(free / stride)', 'free / stride'],
          says: {
            en: 'There is no half window: round down.',
            zh: '没有半个窗口：要向下取整。',
          },
        },
        {
          edit: ['2 * padding', 'padding'],
          says: { en: 'Padding stands on both sides.', zh: '填充在两边都有。' },
        },
        {
          edit: ['dilation * (kernel - 1) + 1', 'kernel'],
          says: { en: 'You left the dilation out.', zh: '没有考虑空洞率。' },
        },
        {
          edit: ['dilation * (kernel - 1) + 1', 'dilation * kernel'],
          says: {
            en: 'The kernel reaches less far: there are gaps only between taps, not behind the last.',
            zh: '跨度算大了：空隙只在相邻采样点之间，最后一个后面没有。',
          },
        },
      ],
      hints: [
        {
          en: 'First compute how far the kernel reaches, then how far it may move.',
          zh: '先算卷积核跨多远，再算它能移动多远。',
        },
        {
          en: 'Math.floor(free / stride) + 1, where free is what the padded input leaves over.',
          zh: 'Math.floor(free / stride) + 1，其中 free 是填充后的输入减去跨度。',
        },
      ],
      solution: {
        en: '`const reach = dilation * (kernel - 1) + 1`, then `Math.floor((size + 2 * padding - reach) / stride) + 1`.',
        zh: '先 `const reach = dilation * (kernel - 1) + 1`，再 `Math.floor((size + 2 * padding - reach) / stride) + 1`。',
      },
    })),
  },
}
