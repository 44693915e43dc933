import { code } from '../../src/course/code.ts'
import { type Dice, wholes } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { number, shape } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import { shapeFor } from '../../src/course/lesson-runs.ts'
import {
  fromNested,
  ops,
  pointwise,
  reshape,
  sizeOf,
  type Tensor,
  tensor,
} from '../../src/course/toolbox.ts'

const plain = ({ shape, data }: Tensor) => ({ shape: [...shape], data: [...data] })

/** A batch whose layer has sizes drawn for it. */
function drawCase(dice: Dice, batch: number) {
  const groups = dice.whole(1, 2)
  const [K, out, k, share] = [dice.whole(2, 3), 2 * groups, dice.pick([1, 2, 3]), dice.whole(1, 2)]
  const randn = (...shape: number[]) => tensor(dice.stream.randn(sizeOf(shape)), shape)
  return caseOf(
    ops.softmax.forward([randn(batch, K)], { axis: 1, temperature: 1 }),
    randn(K, out, share, k, k),
    randn(K, out),
    randn(batch, groups * share, 4, 5),
    groups,
  )
}

/** Two samples of few whole numbers: what is shown of a mistake. */
function drawSmall(dice: Dice) {
  const drawn = (...shape: number[]) => fromNested(wholes(dice, ...shape))
  const attention = fromNested([
    [0.25, 0.75],
    [0.75, 0.25],
  ])
  return caseOf(attention, drawn(2, 1, 1, 1, 1), drawn(2, 1), drawn(2, 1, 1, 2), 1)
}

/** What the dynamic layer makes of a batch, given its attention. */
function caseOf(attention: Tensor, weight: Tensor, bias: Tensor, x: Tensor, groups: number) {
  const [batch = 0] = x.shape
  const [K = 0, out = 0, share = 0, k = 0] = weight.shape
  const w = ops.matmul.forward([attention, reshape(weight, [K, sizeOf(weight.shape) / K])], {})
  const b = ops.matmul.forward([attention, bias], {})
  const output = ops.conv2d.forward(
    [x, reshape(w, [batch * out, share, k, k]), reshape(b, [batch * out])],
    { ...pointwise, kernelSize: [k, k], groups, perSample: true },
  )
  return {
    input: [{ K, out, k, groups }, plain(attention), plain(weight), plain(bias), plain(x)],
    expected: plain(output),
  }
}

function drawLayer(dice: Dice) {
  const groups = dice.whole(2, 3)
  return {
    groups,
    in: groups * dice.whole(2, 4),
    out: groups * dice.whole(5, 8),
    batch: dice.pick([4, 5, 7]),
    size: 8,
  }
}

export const lesson: Lesson = {
  taskId: 8,
  facts: () => ({ stacked: shapeFor('dynamic', { batch: 2 }, 'aggregate-weight').join(', ') }),
  questions: {
    view: shape((dice) => {
      const layer = drawLayer(dice)
      const { in: C, out: O, batch: B, groups } = layer
      const answer = shapeFor('dynamic', layer, 'aggregate-weight')
      return {
        ask: {
          en: `A dynamic layer with ${C} input channels, ${O} output channels, 3x3 kernels and ${groups} groups gets a batch of ${B}. Which shape has its aggregate-weight?`,
          zh: `动态卷积：输入 ${C} 个通道，输出 ${O} 个通道，3x3 卷积核，${groups} 组，一批 ${B} 个样本。aggregate-weight 是什么形状？`,
        },
        answer,
        mistakes: [
          {
            answer: [O, (B * C) / groups, 3, 3],
            says: {
              en: "That is the article's view: it makes the kernels deeper instead of more.",
              zh: '那是文章的写法：卷积核没有变多，而是变厚了。',
            },
          },
          {
            answer: [O, C / groups, 3, 3],
            says: {
              en: 'That is for one sample: every sample has its own kernels.',
              zh: '那是一个样本的：每个样本都有自己的卷积核。',
            },
          },
          {
            answer: [B * O, C, 3, 3],
            says: {
              en: 'Right up to the groups: a kernel sees its share of the channels.',
              zh: '只差分组：每个卷积核只看自己那一组的通道。',
            },
          },
        ],
        because: {
          en: 'The kernels of all samples below each other: batch * out of them, none deeper than before.',
          zh: '所有样本的卷积核上下叠放：一共“批 × 输出”个，每个的厚度不变。',
        },
        hints: [
          {
            en: 'One sample has the weight of lesson 3. How many of them are there?',
            zh: '一个样本的 weight 在第 3 课讲过。现在有几份？',
          },
          {
            en: 'batch * out kernels, each over in / groups channels.',
            zh: '“批 × 输出”个卷积核，每个看“输入 / 组数”个通道。',
          },
        ],
        solution: {
          en: `${B}*${O} kernels over ${C}/${groups} channels: ${answer.join('x')}.`,
          zh: `${B}×${O} 个卷积核，每个 ${C}/${groups} 个通道：${answer.join('x')}。`,
        },
      }
    }),
    groups: number({ tolerance: 0 }, (dice) => {
      const { in: C, batch: B, groups } = drawLayer(dice)
      return {
        ask: {
          en: `The same trick for a layer with ${C} input channels, groups = ${groups}, and a batch of ${B}: how many groups has the one large convolution?`,
          zh: `用同样的办法：输入 ${C} 个通道，groups = ${groups}，一批 ${B} 个样本。合成的那一次大卷积有多少组？`,
        },
        answer: groups * B,
        mistakes: [
          {
            answer: B,
            says: {
              en: 'Each sample still has its own groups inside.',
              zh: '每个样本内部本来就还有分组。',
            },
          },
          {
            answer: groups,
            says: {
              en: 'Then the samples would mix: they must not see each other.',
              zh: '这样样本之间就串了：它们不能互相看到。',
            },
          },
          {
            answer: B * C,
            says: {
              en: 'That would be depthwise: one group for every channel of every sample.',
              zh: '那成了逐通道（深度）卷积：每个样本的每个通道都是一组。',
            },
          },
        ],
        because: {
          en: 'groups * batch. A layer that forgets the factor works until someone uses groups.',
          zh: 'groups × 批。漏掉这个因子的代码，平时看不出问题，一用分组就错。',
        },
        hints: [
          {
            en: 'Groups keep channels apart. What has to be kept apart here?',
            zh: '分组把通道隔开。这里要隔开的是什么？',
          },
          { en: `${B} samples, each of ${groups} groups.`, zh: `${B} 个样本，每个 ${groups} 组。` },
        ],
        solution: {
          en: `${groups} * ${B} = ${groups * B}`,
          zh: `${groups} × ${B} = ${groups * B}`,
        },
      }
    }),
    silent: choice(() => ({
      ask: {
        en: 'The article tests its layer with one sample. Why does that not show the mistake?',
        zh: '文章只用一个样本测试。为什么看不出错误？',
      },
      options: {
        equal: {
          text: {
            en: 'for one sample, out and batch * out are the same',
            zh: '只有一个样本时，out 与 batch * out 相等',
          },
          right: true,
        },
        random: {
          text: { en: 'the input is random', zh: '输入是随机的' },
          says: {
            en: 'The error is one of shapes: no value matters.',
            zh: '这是形状上的错误，与数值无关。',
          },
        },
        attention: {
          text: { en: 'one sample has no attention', zh: '一个样本没有注意力' },
          says: { en: 'It has: one row of K weights.', zh: '有的：一行 K 个权重。' },
        },
      },
      because: {
        en: 'Test with two samples that differ: that finds most mistakes of batches.',
        zh: '用两个不同的样本来测试，批处理的错误大多能查出来。',
      },
      hints: [
        { en: 'Put batch = 1 into the right shape.', zh: '把 batch = 1 代进正确的形状。' },
        { en: 'batch * out is then ...', zh: '这时 batch * out 就是……' },
      ],
      solution: {
        en: '1 * out = out: both views are the same.',
        zh: '1 × out = out：两种写法一样。',
      },
    })),
    'find-it': code(() => ({
      ask: {
        en: 'Mend the forward pass in your file so that it works for any batch. One line is wrong.',
        zh: '修好文件里的 forward，让它对任何批大小都成立。只有一行有错。',
      },
      function: 'forward',
      cases: (dice) => [drawSmall(dice), ...[1, 2, 3, 2].map((batch) => drawCase(dice, batch))],
      because: {
        en: '(batch * out, -1, k, k): every sample now meets its own kernels. More: `convlab mistakes article-view`',
        zh: '(batch * out, -1, k, k)：现在每个样本用的都是自己的卷积核。另见 `convlab mistakes article-view`',
      },
      mistakes: [
        {
          edit: [
            'mm(attention, rows)',
            'mm({ shape: attention.shape, data: attention.data.map((_, at) => attention.data.reduce((sum, weight, each) => (each % K === at % K ? sum + weight / batch : sum), 0)) }, rows)',
          ],
          says: {
            en: 'You averaged over the batch: the samples then share a kernel, and each depends on its neighbours.',
            zh: '你对整批求了平均：样本共用了一个卷积核，每个的结果都受邻居影响。',
          },
        },
      ],
      hints: [
        {
          en: 'Let console.log print the shape of aggregateWeight for two samples. How many kernels should there be?',
          zh: '用 console.log 打印两个样本时 aggregateWeight 的形状。应该有几个卷积核？',
        },
        {
          en: 'Look at the view behind mm(attention, rows).',
          zh: '看 mm(attention, rows) 外面那个 view。',
        },
      ],
      solution: {
        en: '`view(mm(attention, rows), [batch * out, -1, k, k])`',
        zh: '`view(mm(attention, rows), [batch * out, -1, k, k])`',
      },
    })),
  },
}
