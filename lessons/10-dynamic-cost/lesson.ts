import { choice } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { costFor } from '../../src/course/lesson-runs.ts'
import { grouped } from '../../src/course/toolbox.ts'

/** The pair that the last question compares. */
const pair = { in: 16, out: 16, padding: 1, size: 16 }
const dynamic = costFor('dynamic', pair)
const wide = costFor('static', { ...pair, out: 64 })
const [article, plain] = [costFor('dynamic', {}), costFor('static', { padding: 0 })]

/** Percent that the first costs more than the second. */
function percentMore(cost: { multiplyAdds: number }, than: { multiplyAdds: number }): number {
  return (cost.multiplyAdds / than.multiplyAdds - 1) * 100
}

export const lesson: Lesson = {
  taskId: 10,
  facts: () => ({
    'dynamic-parameters': grouped(article.parameters),
    'static-parameters': grouped(plain.parameters),
    'dynamic-work': grouped(article.multiplyAdds),
    'static-work': grouped(plain.multiplyAdds),
    attention: article.line('attention').parameters,
    experts: grouped(article.line('aggregation').parameters),
    more: percentMore(article, plain).toFixed(1),
    'wide-parameters': grouped(wide.parameters),
    'wide-work': grouped(wide.multiplyAdds),
    'pair-parameters': grouped(dynamic.parameters),
    'pair-work': grouped(dynamic.multiplyAdds),
    'wide-times': (wide.multiplyAdds / dynamic.multiplyAdds).toFixed(1),
  }),
  questions: {
    parameters: number({ tolerance: 0 }, (dice) => {
      const layer = { in: dice.whole(4, 12), out: dice.whole(13, 24), kernels: dice.whole(2, 5) }
      const { in: C, out: O, kernels: K } = layer
      const cost = costFor('dynamic', layer)
      const one = costFor('static', { in: C, out: O }).parameters
      return {
        ask: {
          en: `A dynamic layer: ${C} input channels, ${O} output channels, 3x3 kernels, K = ${K}, hidden width K, biases everywhere. How many parameters?`,
          zh: `动态卷积：输入 ${C} 个通道，输出 ${O} 个通道，3x3 卷积核，K = ${K}，隐藏层宽度也是 K，处处带偏置。有多少个参数？`,
        },
        answer: cost.parameters,
        mistakes: [
          {
            answer: K * one,
            says: {
              en: 'Those are the kernels. The attention has parameters too.',
              zh: '那只是卷积核。注意力分支也有参数。',
            },
          },
          {
            answer: one + cost.line('attention').parameters,
            says: {
              en: `All ${K} kernels must be stored, not the mixed one.`,
              zh: `要保存的是全部 ${K} 个卷积核，不是聚合后的那一个。`,
            },
          },
          {
            answer: K * one + C * K + K * K,
            says: {
              en: 'Right up to the biases of the attention: fc1 and fc2 have one for each output.',
              zh: '只差注意力分支的偏置：fc1 和 fc2 的每个输出都有一个。',
            },
          },
        ],
        because: {
          en: 'K times a static layer, and a little for the attention.',
          zh: '普通卷积的 K 倍，再加上注意力的一点点。',
        },
        hints: [
          {
            en: `K kernels with biases: ${K} static layers.`,
            zh: `K 个带偏置的卷积核，相当于 ${K} 个普通卷积。`,
          },
          {
            en: `The attention: fc1 has ${C}*${K} + ${K}, fc2 has ${K}*${K} + ${K}.`,
            zh: `注意力：fc1 有 ${C}×${K} + ${K} 个，fc2 有 ${K}×${K} + ${K} 个。`,
          },
        ],
        solution: {
          en: `${K}*(${O}*${C}*9 + ${O}) + (${C}*${K} + ${K}) + (${K}*${K} + ${K}) = ${cost.parameters}`,
          zh: `${K}×(${O}×${C}×9 + ${O}) + (${C}×${K} + ${K}) + (${K}×${K} + ${K}) = ${cost.parameters}`,
        },
      }
    }),
    overhead: number({ tolerance: 0.05 }, (dice) => {
      const layer = { in: dice.whole(4, 12), out: dice.whole(13, 24), padding: 1, size: 16 }
      const [more, base] = [costFor('dynamic', layer), costFor('static', layer)]
      return {
        ask: {
          en: `A layer takes ${base.multiplyAdds} multiply-adds when static, and ${more.multiplyAdds} when dynamic. By how many percent is that more? One decimal.`,
          zh: `一层用普通卷积要 ${base.multiplyAdds} 次乘加，用动态卷积要 ${more.multiplyAdds} 次。多了百分之几？保留一位小数。`,
        },
        answer: percentMore(more, base),
        mistakes: [
          {
            answer: percentMore(more, base) + 100,
            says: {
              en: 'That is the whole, not what is added.',
              zh: '那是总量，问的是多出来的部分。',
            },
          },
          {
            answer: percentMore(more, base) / 100,
            says: { en: 'Percent, please: times 100.', zh: '请用百分数：再乘 100。' },
          },
        ],
        because: {
          en: 'Attention and mixing are paid once a sample, the convolution once a pixel. The larger the image, the smaller their share.',
          zh: '注意力和聚合每个样本只做一次，卷积每个像素都要做。图越大，它们占的比例越小。',
        },
        hints: [
          { en: 'Divide the difference by the static number.', zh: '用差值除以普通卷积的次数。' },
          {
            en: `(${more.multiplyAdds} - ${base.multiplyAdds}) / ${base.multiplyAdds}, in percent.`,
            zh: `(${more.multiplyAdds} − ${base.multiplyAdds}) / ${base.multiplyAdds}，写成百分数。`,
          },
        ],
        solution: {
          en: `${more.multiplyAdds - base.multiplyAdds} / ${base.multiplyAdds} = ${percentMore(more, base).toFixed(2)} %`,
          zh: `${more.multiplyAdds - base.multiplyAdds} / ${base.multiplyAdds} = ${percentMore(more, base).toFixed(2)} %`,
        },
      }
    }),
    trade: choice(() => ({
      ask: {
        en: 'What does a dynamic layer trade for its power?',
        zh: '动态卷积的表达能力，是用什么换来的？',
      },
      options: {
        memory: {
          text: { en: 'many more parameters, hardly more work', zh: '参数多得多，计算量几乎不变' },
          right: true,
        },
        work: {
          text: { en: 'much more work, hardly more parameters', zh: '计算量大得多，参数几乎不变' },
          says: {
            en: 'The other way round: K kernels are stored, one is convolved.',
            zh: '正好相反：保存的是 K 个卷积核，做卷积的只有一个。',
          },
        },
        both: {
          text: { en: 'K times of both', zh: '两者都是 K 倍' },
          says: {
            en: 'That would be K convolutions, mixed afterwards: lesson 7 shows the cheaper way.',
            zh: '那是先做 K 次卷积再混合：第 7 课讲过更省的办法。',
          },
        },
      },
      because: {
        en: 'Good for small networks on devices that have memory, but little time.',
        zh: '适合内存够用、算力紧张的设备上的小网络。',
      },
      hints: [
        { en: 'Look at what stands below the table.', zh: '看那张表下面的几行。' },
        {
          en: 'Parameters about K times, multiply-adds about the same.',
          zh: '参数约 K 倍，乘加次数差不多。',
        },
      ],
      solution: { en: 'Parameters, not work.', zh: '换的是参数，不是计算量。' },
    })),
    wider: command(() => ({
      ask: {
        en: `The dynamic layer \`dynamic --in 16 --out 16 --padding 1 --size 16\` has ${dynamic.parameters} parameters. Write a static layer with --in 16, --size 16 and 3x3 kernels that has about as many (within 5 %), and look at what it costs.`,
        zh: `动态卷积 \`dynamic --in 16 --out 16 --padding 1 --size 16\` 有 ${dynamic.parameters} 个参数。请写一个参数差不多（相差 5 % 以内）的普通卷积，--in 16，--size 16，3x3 卷积核，再看看它要花多少。`,
      },
      accepts: ({ layer, config, cost, input }) =>
        layer === 'static' &&
        config.in === 16 &&
        String(config.kernelSize) === '3,3' &&
        String(input.shape.slice(2)) === '16,16' &&
        Math.abs(cost.parameters / dynamic.parameters - 1) <= 0.05,
      answer: 'static --in 16 --out 64 --size 16',
      mistakes: [
        {
          answer: 'dynamic --in 16 --out 16 --padding 1 --size 16',
          when: ({ layer }) => layer !== 'static',
          says: { en: 'A static layer, please.', zh: '请写普通卷积。' },
        },
        {
          answer: 'static --in 64 --out 16 --size 16',
          when: ({ config, input }) => config.in !== 16 || input.shape[2] !== 16,
          says: { en: 'The input stays: --in 16 --size 16.', zh: '输入不变：--in 16 --size 16。' },
        },
        {
          answer: 'static --in 16 --out 16 -k 6 --size 16',
          when: ({ config }) => String(config.kernelSize) !== '3,3',
          says: {
            en: 'Keep the 3x3 kernels: make the layer wider.',
            zh: '卷积核保持 3x3：把层加宽。',
          },
        },
        {
          answer: 'static --in 16 --out 16 --size 16',
          when: ({ cost }) => cost.parameters < dynamic.parameters,
          says: {
            en: 'Too few parameters: more output channels.',
            zh: '参数太少：再多些输出通道。',
          },
        },
        {
          answer: 'static --in 16 --out 128 --size 16',
          when: ({ cost }) => cost.parameters > dynamic.parameters,
          says: {
            en: 'Too many parameters: fewer output channels.',
            zh: '参数太多：少些输出通道。',
          },
        },
      ],
      because: {
        en: `As many parameters, but ${grouped(wide.multiplyAdds)} multiply-adds against ${grouped(dynamic.multiplyAdds)}: every one of the static layer's kernels is used at every pixel.`,
        zh: `参数一样多，乘加却是 ${grouped(wide.multiplyAdds)} 对 ${grouped(dynamic.multiplyAdds)}：普通卷积的每个卷积核在每个像素上都要用。`,
      },
      hints: [
        {
          en: 'Which option adds kernels to a static layer?',
          zh: '哪个选项能给普通卷积增加卷积核？',
        },
        { en: 'Four kernels of 16 output channels: 64.', zh: '四个 16 输出通道的卷积核：64。' },
      ],
      solution: {
        en: '`static --in 16 --out 64 --size 16`',
        zh: '`static --in 16 --out 64 --size 16`',
      },
    })),
  },
}
