import { code } from '../../src/course/code.ts'
import { choice, choices } from '../../src/course/kinds/choices.ts'
import { command } from '../../src/course/kinds/command-line.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { valuesFor } from '../../src/course/lesson-runs.ts'
import { drawUntil } from '../../src/course/question.ts'
import { short } from '../../src/course/question-text.ts'
import { layers, softmaxOf, stepOf, uniformAttention } from '../../src/course/toolbox.ts'

const ENOUGH = 0.9
const [thread] = uniformAttention.asked

function largestWeight(given: { seed?: string; temperature?: number; size?: number }): number {
  return Math.max(...valuesFor('dynamic', given, 'attention'))
}

/** The largest of a few temperatures at which one kernel has nearly everything, if one has. */
function sharpTemperature(seed: string): number | undefined {
  const temperatures = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005]
  return temperatures.find((temperature) => largestWeight({ seed, temperature, size: 8 }) >= ENOUGH)
}

export const lesson: Lesson = {
  taskId: 9,
  facts: () => ({
    one: largestWeight({}).toFixed(4),
    thirty: largestWeight({ temperature: 30 }).toFixed(4),
    fifth: largestWeight({ temperature: 0.2 }).toFixed(4),
    paper: layers.dynamic.paper as string,
    thread: `${thread?.repository} #${thread?.number}`,
  }),
  questions: {
    weight: number({ tolerance: 0.005 }, (dice) => {
      const scores = [dice.whole(5, 20) / 10, dice.whole(-10, 4) / 10]
      const temperature = dice.pick([2, 4, 5])
      const at = (T: number) => softmaxOf(scores, T)[0] as number
      return {
        ask: {
          en: `Two kernels have the scores ${scores.map(short).join(', ')}; the temperature is ${temperature}. What is the attention weight of the first one? Two decimals will do.`,
          zh: `两个卷积核的分数是 ${scores.map(short).join(' 和 ')}，温度是 ${temperature}。第一个的注意力权重是多少？保留两位小数即可。`,
        },
        answer: at(temperature),
        mistakes: [
          {
            answer: at(1),
            says: { en: 'That is the weight at temperature 1.', zh: '那是温度为 1 时的权重。' },
          },
          {
            answer: at(1 / temperature),
            says: {
              en: 'You multiplied by the temperature: divide, so that heat evens things out.',
              zh: '你把温度乘上去了：应该除，温度越高越平均。',
            },
          },
          {
            answer: at(1) / temperature,
            says: {
              en: 'Divide the scores by the temperature, not the weights: they would no longer sum to 1.',
              zh: '要除的是分数，不是权重：除权重，加起来就不是 1 了。',
            },
          },
        ],
        because: {
          en: 'Scores are divided by the temperature, so their differences shrink, and the weights come closer.',
          zh: '分数除以温度，差距变小，权重就更接近。',
        },
        hints: [
          {
            en: 'Divide both scores by the temperature, then take softmax as before.',
            zh: '先把两个分数都除以温度，再照常做 softmax。',
          },
          {
            en: `The scores become ${scores.map((score) => short(score / temperature)).join(', ')}.`,
            zh: `分数变成 ${scores.map((score) => short(score / temperature)).join('、')}。`,
          },
        ],
        solution: {
          en: `softmax of ${scores.map((score) => short(score / temperature)).join(', ')}: the first weighs ${at(temperature).toFixed(3)}.`,
          zh: `对 ${scores.map((score) => short(score / temperature)).join('、')} 做 softmax，第一个是 ${at(temperature).toFixed(3)}。`,
        },
      }
    }),
    quarter: choice(() => ({
      ask: {
        en: 'Someone trains a dynamic layer with K = 4 and finds all attention weights near 0.25 in the first epoch. The code sets T = 34. What is wrong?',
        zh: '有人训练 K = 4 的动态卷积，第一轮发现所有注意力权重都在 0.25 左右。代码里设了 T = 34。哪里出了问题？',
      },
      options: {
        nothing: {
          text: {
            en: 'nothing: a high temperature is meant to start that way',
            zh: '没有问题：高温开局就该这样',
          },
          right: true,
        },
        kernels: {
          text: { en: 'the four kernels are equal', zh: '四个卷积核是一样的' },
          says: {
            en: 'The attention never sees the kernels: it looks at the image only.',
            zh: '注意力看不到卷积核，它只看图片。',
          },
        },
        softmax: {
          text: { en: 'the softmax runs over the wrong axis', zh: 'softmax 的维度错了' },
          says: {
            en: 'Over the batch, the weights of a sample would not sum to 1. Here they do.',
            zh: '如果对批做 softmax，一个样本的权重之和就不是 1。这里是 1。',
          },
        },
        data: {
          text: { en: 'all images are the same', zh: '所有图片都一样' },
          says: {
            en: 'Equal images have equal weights, but not equal to 0.25.',
            zh: '图片一样只会让各样本的权重相同，不会都等于 0.25。',
          },
        },
      },
      because: {
        en: 'While all weights are near 1/K, all kernels learn. The temperature is lowered over the first epochs, and then they part. More: `convlab mistakes uniform-attention`',
        zh: '权重都接近 1/K 时，所有卷积核都能学到东西。头几轮里温度逐渐降低，它们才各有分工。另见 `convlab mistakes uniform-attention`',
      },
      hints: [
        {
          en: 'What does dividing scores by 34 do to their differences?',
          zh: '分数除以 34，差距会怎样？',
        },
        {
          en: 'The paper starts at T = 30 and goes down to 1 on purpose.',
          zh: '论文特意从 T = 30 开始，再降到 1。',
        },
      ],
      solution: {
        en: 'Nothing is wrong. It would be if the temperature stayed there.',
        zh: '没有问题。一直停在这个温度才有问题。',
      },
    })),
    flat: choices(() => ({
      ask: {
        en: 'What else makes the attention look uniform, or all samples alike?',
        zh: '还有什么会让注意力看上去很平均，或者各个样本都差不多？',
      },
      options: {
        zero: {
          text: { en: 'an input whose channel means are near zero', zh: '各通道均值接近零的输入' },
          right: true,
          says: {
            en: 'Pooling sees only means: if they are near zero, only the biases of the attention are left.',
            zh: '池化只看均值：均值接近零，就只剩注意力分支自己的偏置了。',
          },
        },
        alike: {
          text: { en: 'samples with the same channel means', zh: '各样本的通道均值相同' },
          right: true,
          says: {
            en: 'Samples with the same means look the same to the attention, however different they are.',
            zh: '均值相同的样本，在注意力看来就是一样的，哪怕内容完全不同。',
          },
        },
        wide: {
          text: { en: 'many output channels', zh: '输出通道很多' },
          right: false,
          says: {
            en: 'The attention knows nothing of the output channels.',
            zh: '注意力与输出通道数无关。',
          },
        },
        large: {
          text: { en: 'large kernels', zh: '卷积核很大' },
          right: false,
          says: {
            en: 'The attention knows nothing of the size of the kernels.',
            zh: '注意力与卷积核大小无关。',
          },
        },
      },
      because: {
        en: 'Random test data has both faults. Use `--input varied`, or images, to see samples differ.',
        zh: '随机测试数据这两个毛病都有。要看到样本之间的差别，请用 `--input varied` 或真实图片。',
      },
      hints: [
        { en: 'What does the attention see of an image?', zh: '注意力能看到图片的什么？' },
        { en: 'Only the mean of every channel.', zh: '只有每个通道的均值。' },
      ],
      solution: {
        en: 'Channel means near zero, and channel means that are alike.',
        zh: '通道均值接近零，以及通道均值彼此相同。',
      },
    })),
    sharpen: command((dice) => {
      const seed = drawUntil(dice.seed, (each) => sharpTemperature(each) !== undefined)
      const temperature = sharpTemperature(seed)
      return {
        ask: {
          en: `Run the dynamic layer with seed ${seed} and K = 4 so that one kernel gets at least ${ENOUGH} of the attention.`,
          zh: `用种子 ${seed}、K = 4 运行动态卷积，让某个卷积核分到至少 ${ENOUGH} 的注意力。`,
        },
        accepts: (trace) =>
          trace.layer === 'dynamic' &&
          trace.seed === seed &&
          trace.config.kernels === 4 &&
          Math.max(...stepOf(trace, 'attention').values) >= ENOUGH,
        answer: `dynamic --size 8 --seed ${seed} -T ${temperature}`,
        mistakes: [
          {
            answer: `static --seed ${seed}`,
            when: ({ layer }) => layer !== 'dynamic',
            says: { en: 'Only the dynamic layer has attention.', zh: '只有动态卷积才有注意力。' },
          },
          {
            answer: `dynamic --size 8 --seed 1234 -T 0.001`,
            when: (trace) => trace.seed !== seed,
            says: { en: `The seed is to be ${seed}.`, zh: `种子应为 ${seed}。` },
          },
          {
            answer: `dynamic --size 8 --seed ${seed} -K 1`,
            when: ({ config }) => config.kernels !== 4,
            says: {
              en: 'Keep K = 4: a single kernel always gets everything.',
              zh: '要保持 K = 4：只有一个卷积核，当然全归它。',
            },
          },
          {
            answer: `dynamic --size 8 --seed ${seed} -T 30`,
            when: ({ config }) => (config.temperature as number) > 1,
            says: { en: 'Heat evens out. Cool it down.', zh: '温度高了会变平均，要降温。' },
          },
          {
            answer: `dynamic --size 8 --seed ${seed} -T 1`,
            when: () => true,
            says: { en: 'Not sharp enough: colder still.', zh: '还不够尖锐：再冷一点。' },
          },
        ],
        because: {
          en: 'Near temperature 0 softmax chooses the largest score alone. Between choosing and averaging there is only the temperature.',
          zh: '温度趋近 0 时，softmax 只挑最大的分数。挑一个还是取平均，全看温度。',
        },
        hints: [
          { en: 'Which way must the temperature go?', zh: '温度该往哪边调？' },
          { en: 'Try 0.1, 0.05, 0.01 ...', zh: '试试 0.1、0.05、0.01……' },
        ],
        solution: {
          en: `\`dynamic --seed ${seed} -T ${temperature}\` or anything colder.`,
          zh: `\`dynamic --seed ${seed} -T ${temperature}\`，更冷也行。`,
        },
      }
    }),
    'write-it': code(() => ({
      ask: {
        en: 'Write softmax(scores, temperature), safe for scores of any size.',
        zh: '写出 softmax(scores, temperature)，分数多大都不出错。',
      },
      function: 'softmax',
      cases: (dice) => {
        const caseOf = (scores: readonly number[], temperature: number) => ({
          input: [scores, temperature],
          expected: softmaxOf(scores.map(Math.fround), temperature),
        })
        const drawn = () =>
          Array.from(dice.stream.randn(dice.whole(2, 5)), (x) => Math.round(x * 100) / 100)
        const small = [dice.whole(1, 3), dice.whole(-3, 0)]
        return [
          caseOf(small, 2),
          caseOf(
            small.map((score) => score + 1000),
            2,
          ),
          ...[1, 0.2, 5, 30].map((temperature) => caseOf(drawn(), temperature)),
          caseOf(
            drawn().map((score) => score + 5000),
            2,
          ),
        ]
      },
      because: {
        en: 'Taking the largest score off changes no weight, and keeps exp from overflowing: every library does it.',
        zh: '减去最大的分数，权重不变，exp 也不会溢出：所有库都这么做。',
      },
      mistakes: [
        {
          edit: ['(score - largest) / temperature', 'score / temperature'],
          says: {
            en: 'Right for small scores; large ones overflow: exp(1000) is Infinity, and Infinity / Infinity is no number.',
            zh: '分数小的时候是对的；分数大了会溢出：exp(1000) 是 Infinity，Infinity / Infinity 不是数。',
          },
        },
        {
          edit: ['(score - largest) / temperature', '(score - largest) * temperature'],
          says: {
            en: 'You multiplied by the temperature: divide.',
            zh: '你把温度乘上去了：应该除。',
          },
        },
        {
          edit: ['(score - largest) / temperature', 'score - largest'],
          says: { en: 'The temperature has no effect yet.', zh: '温度还没有起作用。' },
        },
        {
          edit: ['=> power / sum', '=> power / sum / temperature'],
          says: {
            en: 'Divide the scores by the temperature, not the weights.',
            zh: '要除的是分数，不是权重。',
          },
        },
      ],
      hints: [
        {
          en: 'Divide every score by the temperature before exp.',
          zh: '取 exp 之前，先把每个分数除以温度。',
        },
        {
          en: 'Take the largest score off all of them first: only differences matter.',
          zh: '先让所有分数都减去最大的那个：起作用的只是差距。',
        },
      ],
      solution: {
        en: '`Math.exp((score - Math.max(...scores)) / temperature)`, divided by the sum of all of these.',
        zh: '`Math.exp((score - Math.max(...scores)) / temperature)`，再除以它们的总和。',
      },
    })),
  },
}
