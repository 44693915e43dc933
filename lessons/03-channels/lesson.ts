import type { Dice } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number, shape } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor, shapeFor } from '../../src/course/lesson-runs.ts'

function draw(dice: Dice) {
  const groups = dice.pick([2, 3, 4])
  return { in: groups * dice.whole(2, 5), out: groups * dice.whole(6, 9), kernelSize: 5, groups }
}

export const lesson: Lesson = {
  taskId: 3,
  facts: () => ({
    dense: costFor('static', { in: 4, out: 8 }).parameters,
    grouped: costFor('static', { in: 4, out: 8, groups: 2 }).parameters,
    depthwise: costFor('static', { in: 8, out: 8, groups: 8 }).parameters,
    full: costFor('static', { in: 8, out: 8 }).parameters,
  }),
  questions: {
    kernels: shape((dice) => {
      const layer = draw(dice)
      const { in: C, out: O, groups } = layer
      const [, Cg = 0] = shapeFor('static', layer, 'weight')
      return {
        ask: {
          en: `${C} input channels, ${O} output channels, 5x5 kernels, ${groups} groups. What is the shape of the weight (out, in, rows, columns)?`,
          zh: `输入 ${C} 个通道，输出 ${O} 个通道，5x5 卷积核，${groups} 组。weight 的形状是什么（输出、输入、行、列）？`,
        },
        answer: shapeFor('static', layer, 'weight'),
        mistakes: [
          {
            answer: shapeFor('static', { ...layer, groups: 1 }, 'weight'),
            says: {
              en: 'That is the weight of one group: with groups a kernel sees only its share of the channels.',
              zh: '那是不分组时的形状：分组之后，每个卷积核只看自己那一组的通道。',
            },
          },
          {
            answer: [O / groups, C / groups, 5, 5],
            says: {
              en: 'That is one group alone. The weight holds the kernels of all output channels.',
              zh: '那只是一组。weight 里放着所有输出通道的卷积核。',
            },
          },
          {
            answer: [C, O / groups, 5, 5],
            says: {
              en: 'Output channels come first: one kernel for each of them.',
              zh: '输出通道在前：每个输出通道一个卷积核。',
            },
          },
        ],
        because: {
          en: `${O} kernels, each over ${Cg} channels: (out, in / groups, rows, columns).`,
          zh: `${O} 个卷积核，每个看 ${Cg} 个通道：（输出，输入 / 组数，行，列）。`,
        },
        hints: [
          {
            en: 'How many kernels are there? One for each output channel.',
            zh: '一共几个卷积核？每个输出通道一个。',
          },
          {
            en: `How many input channels does one of them see, when ${C} are shared out among ${groups} groups?`,
            zh: `${C} 个输入通道分给 ${groups} 组，一个卷积核能看到几个？`,
          },
        ],
        solution: {
          en: `${O} kernels, ${C} / ${groups} = ${Cg} channels each: ${O}x${Cg}x5x5.`,
          zh: `${O} 个卷积核，每个 ${C} / ${groups} = ${Cg} 个通道：${O}x${Cg}x5x5。`,
        },
      }
    }),
    reads: choice((dice) => {
      const groups = dice.whole(2, 4)
      const [share, made] = [3, 2]
      const group = dice.whole(1, groups - 1)
      const output = group * made // the first of its group: who counts from 1 lands in another
      const range = (g: number) => `${g * share} - ${g * share + share - 1}`
      return {
        ask: {
          en: `${groups * share} input channels, ${groups * made} output channels, ${groups} groups. Which input channels does output channel ${output} read? (Counted from 0.)`,
          zh: `输入 ${groups * share} 个通道，输出 ${groups * made} 个通道，${groups} 组。输出通道 ${output} 读哪些输入通道？（从 0 数起。）`,
        },
        options: {
          group: { text: { en: range(group), zh: range(group) }, right: true },
          all: {
            text: { en: 'all of them', zh: '全部' },
            says: { en: 'That is so with one group only.', zh: '只有一组时才是全部。' },
          },
          first: {
            text: { en: range(0), zh: range(0) },
            says: {
              en: 'Those belong to the first group, which makes the first output channels.',
              zh: '那是第一组的通道，对应最前面的几个输出通道。',
            },
          },
          same: {
            text: { en: `${output} alone`, zh: `只读 ${output}` },
            says: {
              en: 'That is depthwise convolution: as many groups as channels.',
              zh: '那是逐通道（深度）卷积：有多少通道就分多少组。',
            },
          },
        },
        because: {
          en: `Each group makes ${made} output channels from ${share} input channels; channel ${output} belongs to group ${group}.`,
          zh: `每组用 ${share} 个输入通道算出 ${made} 个输出通道；通道 ${output} 属于第 ${group} 组（从 0 数起）。`,
        },
        hints: [
          { en: 'How many output channels does one group make?', zh: '一组算出几个输出通道？' },
          {
            en: `Output channel ${output} belongs to group ${group}, counted from 0.`,
            zh: `输出通道 ${output} 属于第 ${group} 组，从 0 数起。`,
          },
        ],
        solution: {
          en: `Group ${group} reads the input channels ${range(group)}.`,
          zh: `第 ${group} 组读输入通道 ${range(group)}。`,
        },
      }
    }),
    parameters: number({ tolerance: 0 }, (dice) => {
      const C = dice.whole(10, 40)
      const depthwise = { in: C, out: C, groups: C }
      const count = (given: object) => costFor('static', { ...depthwise, ...given }).parameters
      return {
        ask: {
          en: `A depthwise layer on ${C} channels (in, out and groups are all ${C}), 3x3 kernels, with bias. How many parameters?`,
          zh: `${C} 个通道的逐通道（深度）卷积（输入、输出、组数都是 ${C}），3x3 卷积核，带偏置。有多少个参数？`,
        },
        answer: count({}),
        mistakes: [
          {
            answer: count({ bias: false }),
            says: {
              en: 'Right up to the bias: one for each output channel.',
              zh: '只差偏置：每个输出通道一个。',
            },
          },
          {
            answer: count({ groups: 1 }),
            says: { en: 'That is the layer with one group.', zh: '那是不分组的情况。' },
          },
          {
            answer: 9 + C,
            says: { en: 'Every channel has a kernel of its own.', zh: '每个通道有自己的卷积核。' },
          },
        ],
        because: {
          en: `${C} kernels of 9 numbers and ${C} biases: channels never meet, which is why it is so cheap.`,
          zh: `${C} 个卷积核，每个 9 个数，外加 ${C} 个偏置：通道之间互不相干，所以这么省。`,
        },
        hints: [
          {
            en: 'The weight has the shape (out, in / groups, 3, 3).',
            zh: 'weight 的形状是（输出，输入 / 组数，3，3）。',
          },
          {
            en: 'in / groups is 1 here. Do not forget the biases.',
            zh: '这里输入 / 组数是 1。别忘了偏置。',
          },
        ],
        solution: {
          en: `${C}*1*3*3 + ${C} = ${count({})}`,
          zh: `${C}×1×3×3 + ${C} = ${count({})}`,
        },
      }
    }),
    depthwise: command((dice) => {
      const C = dice.whole(5, 15)
      return {
        ask: {
          en: `Write a command for a depthwise layer on ${C} channels with 5x5 kernels.`,
          zh: `写一条命令：${C} 个通道、5x5 卷积核的逐通道（深度）卷积。`,
        },
        accepts: ({ config }) =>
          config.in === C &&
          config.out === C &&
          config.groups === C &&
          String(config.kernelSize) === '5,5',
        answer: `static --in ${C} --out ${C} --groups ${C} -k 5`,
        mistakes: [
          {
            answer: `static --in ${C} --out ${2 * C} --groups ${C} -k 5`,
            when: ({ config }) => config.in !== C || config.out !== C,
            says: { en: `Both --in and --out are ${C}.`, zh: `--in 和 --out 都应是 ${C}。` },
          },
          {
            answer: `static --in ${C} --out ${C} -k 5`,
            when: ({ config }) => config.groups !== C,
            says: {
              en: 'Channels still meet: depthwise means as many groups as channels.',
              zh: '通道之间还混在一起：逐通道（深度）卷积要有多少通道就分多少组。',
            },
          },
          {
            answer: `static --in ${C} --out ${C} --groups ${C}`,
            when: ({ config }) => String(config.kernelSize) !== '5,5',
            says: { en: 'The kernels are to be 5x5: -k 5.', zh: '卷积核应为 5x5：-k 5。' },
          },
        ],
        because: {
          en: 'One kernel for each channel. MobileNets are built of these, with 1x1 layers between them to mix the channels.',
          zh: '每个通道一个卷积核。MobileNet 就是由它和负责混合通道的 1x1 卷积交替搭成的。',
        },
        hints: [
          { en: 'Set --in, --out and --groups.', zh: '设定 --in、--out 和 --groups。' },
          { en: `All three are ${C}.`, zh: `三个都是 ${C}。` },
        ],
        solution: {
          en: `\`static --in ${C} --out ${C} --groups ${C} -k 5\``,
          zh: `\`static --in ${C} --out ${C} --groups ${C} -k 5\``,
        },
      }
    }),
  },
}
