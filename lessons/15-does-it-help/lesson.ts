import { code } from '../../src/course/code.ts'
import type { Dice } from '../../src/course/dice.ts'
import { choice } from '../../src/course/kinds/choices.ts'
import { number } from '../../src/course/kinds/value.ts'
import type { Lesson } from '../../src/course/lesson.ts'
import type { Case } from '../../src/course/question.ts'
import { drawUntil } from '../../src/course/question.ts'
import { short } from '../../src/course/question-text.ts'
import {
  answerOf,
  compareModels,
  experimentNamed,
  intervalOf,
  type Measurement,
  metricsOf,
  t975,
  type Verdict,
} from '../../src/course/toolbox.ts'

const scale = experimentNamed('scale')

/** The recorded answer to one of the experiment's questions: mean ± half-width, in points. */
function recorded(id: string): string {
  const question = scale.questions.find((each) => each.id === id)
  if (question === undefined) throw new RangeError(`no question ${id}`)
  return pointsOf(answerOf(scale, question, 'test'))
}

function pointsOf({ answer }: Measurement): string {
  const { mean, halfWidth = 0 } = answer?.difference ?? { mean: 0 }
  const sign = mean < 0 ? '' : '+'
  return `${sign}${(100 * mean).toFixed(2)} ± ${(100 * halfWidth).toFixed(2)}`
}

const percent = (share: number) => (100 * share).toFixed(1)

/** Differences of two models in points, one decimal. */
function differences(dice: Dice, count: number): number[] {
  return Array.from({ length: count }, () => dice.whole(-12, 30) / 10)
}

function deviation(values: readonly number[], freedom: number): number {
  const { mean } = intervalOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom)
}

/** Metrics of two models whose difference lies around `center`, and is judged as wished. */
function caseFor(dice: Dice, center: number, scatter: number, wanted: Verdict): Case {
  const margin = 1
  const round = (value: number) => Math.round(value * 10) / 10
  return drawUntil(
    () => {
      const n = dice.whole(3, 10)
      const b = Array.from(dice.stream.randn(n), (x) => round(90 + 3 * x))
      const noise = dice.stream.randn(n)
      const a = b.map((value, s) => round(value + center + scatter * (noise[s] as number)))
      const { mean, halfWidth, verdict } = compareModels(a, b, margin)
      return {
        input: [a, b, t975(n - 1), margin],
        expected: { mean, halfWidth: halfWidth as number, verdict },
      }
    },
    ({ expected }) => (expected as { verdict: Verdict }).verdict === wanted,
  )
}

/** The bound of uniform values whose standard deviation is that of the mixture. */
function boundOf(fanIn: number, attention: readonly number[]): number {
  return Math.sqrt(6 / fanIn) * Math.hypot(...attention)
}

export const lesson: Lesson = {
  taskId: 15,
  facts: () => {
    const values = metricsOf(scale, 'S', 'test')
    return {
      lowest: percent(Math.min(...values)),
      highest: percent(Math.max(...values)),
      naive: recorded('naive'),
      initialisation: recorded('initialisation'),
      width: recorded('same-width'),
    }
  },
  questions: {
    mean: number({ tolerance: 0.006 }, (dice) => {
      const b = [0, 1, 2, 3].map(() => dice.whole(880, 950) / 10)
      const gains = differences(dice, b.length)
      const a = b.map((value, s) => Math.round(10 * (value + (gains[s] as number))) / 10)
      const { mean, perSeed } = compareModels(a, b, 1)
      const line = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join('  ')
      const gaps = perSeed.map((value) => value.toFixed(1)).join(', ')
      return {
        ask: {
          en: `Four seeds, in percent. Model A: ${line(a)}. Model B: ${line(b)}. What is the mean of the differences A - B, in points?`,
          zh: `四个种子，单位 %。模型 A：${line(a)}。模型 B：${line(b)}。差值 A - B 的均值是几个百分点？`,
        },
        answer: mean,
        mistakes: [
          {
            answer: -mean,
            says: { en: 'That is B - A: the sign.', zh: '那是 B - A：符号反了。' },
          },
          {
            answer: 4 * mean,
            says: {
              en: 'That is the sum: divide by the four seeds.',
              zh: '那是总和：要除以 4 个种子。',
            },
          },
        ],
        because: {
          en: `The differences are ${gaps}: how far they lie apart says how far to trust their mean.`,
          zh: `各个差值是 ${gaps}：它们相差多远，决定了均值有多可信。`,
        },
        hints: [
          { en: 'Subtract seed by seed.', zh: '逐个种子相减。' },
          { en: `The differences are ${gaps}.`, zh: `差值是 ${gaps}。` },
        ],
        solution: {
          en: `(${perSeed.map((value) => value.toFixed(1)).join(' + ')}) / 4 = ${mean.toFixed(3)}`,
          zh: `（${perSeed.map((value) => value.toFixed(1)).join(' + ')}）/ 4 = ${mean.toFixed(3)}`,
        },
      }
    }),
    'half-width': number({ tolerance: 0.02 }, (dice) => {
      const n = 4
      const t = t975(n - 1)
      const gaps = drawUntil(
        () => differences(dice, n),
        (values) => deviation(values, n - 1) > 0.8,
      )
      const sd = deviation(gaps, n - 1)
      const half = (t * sd) / Math.sqrt(n)
      return {
        ask: {
          en: `The differences of ${n} seeds are ${gaps.map(short).join(', ')}; t is ${t.toFixed(3)}. What is the half-width of the 95 % interval? Two decimals.`,
          zh: `${n} 个种子的差值是 ${gaps.map(short).join('、')}；t 是 ${t.toFixed(3)}。95 % 区间的半宽是多少？保留两位小数。`,
        },
        answer: half,
        mistakes: [
          {
            answer: t * sd,
            says: {
              en: 'So far a single seed may be off. Their mean scatters less: divide by sqrt(n).',
              zh: '那是单个种子可能的偏差。均值散布得更小：再除以 sqrt(n)。',
            },
          },
          {
            answer: sd / Math.sqrt(n),
            says: {
              en: 'That is the standard error. t is missing: few seeds tell sd badly.',
              zh: '那是标准误。还差一个 t：种子少，sd 估不准。',
            },
          },
          {
            answer: (t * deviation(gaps, n)) / Math.sqrt(n),
            says: {
              en: 'Your sd divides by n: one degree of freedom went into the mean, so divide by n - 1.',
              zh: '你的 sd 除以了 n：均值用掉一个自由度，应除以 n - 1。',
            },
          },
        ],
        because: {
          en: 'Four times as many seeds would halve it, and t would shrink as well.',
          zh: '种子数变成四倍，它就减半，t 也会变小。',
        },
        hints: [
          {
            en: 'First the mean, then sd: the root of the squared deviations over n - 1.',
            zh: '先求均值，再求 sd：离差平方和除以 n - 1，再开方。',
          },
          {
            en: `sd = ${sd.toFixed(3)}; t * sd / sqrt(${n})`,
            zh: `sd = ${sd.toFixed(3)}；t × sd / sqrt(${n})`,
          },
        ],
        solution: {
          en: `${t.toFixed(3)} * ${sd.toFixed(3)} / ${Math.sqrt(n)} = ${half.toFixed(2)}`,
          zh: `${t.toFixed(3)} × ${sd.toFixed(3)} / ${Math.sqrt(n)} = ${half.toFixed(2)}`,
        },
      }
    }),
    verdict: choice((dice) => {
      const mean = dice.whole(11, 18) / 10
      const half = mean + dice.whole(2, 9) / 10
      const [low, high] = [mean - half, mean + half].map((value) => value.toFixed(1))
      return {
        ask: {
          en: `D4 - S is +${mean} ± ${half.toFixed(1)} points, the margin 1. Does "D4 is better" hold?`,
          zh: `D4 - S 是 +${mean} ± ${half.toFixed(1)} 个百分点，界限是 1。“D4 更好”成立吗？`,
        },
        options: {
          holds: {
            text: { en: 'it holds: the mean is above the margin', zh: '成立：均值超过了界限' },
            says: {
              en: `The interval begins at ${low}: that D4 is worse is among what it allows.`,
              zh: `区间从 ${low} 开始：D4 更差也在它允许的范围里。`,
            },
          },
          fails: {
            text: { en: 'it does not hold: the interval contains 0', zh: '不成立：区间包含 0' },
            says: {
              en: `The interval reaches ${high}: a gain well above the margin is possible, too. Not shown is not refuted.`,
              zh: `区间一直到 ${high}：远超界限的好处也有可能。没证明，不等于被推翻。`,
            },
          },
          unclear: {
            text: { en: 'it is unclear', zh: '不确定' },
            right: true,
          },
        },
        because: {
          en: 'These seeds cannot tell. One can say how many would, and then run that many new ones.',
          zh: '这些种子判断不了。可以算出需要多少个种子，再另跑那么多新的。',
        },
        hints: [
          { en: 'Where does the interval begin, and where does it end?', zh: '区间从哪里到哪里？' },
          { en: `From ${low} to ${high}.`, zh: `从 ${low} 到 ${high}。` },
        ],
        solution: {
          en: `${low} is below 0 and ${high} above the margin: unclear.`,
          zh: `${low} 小于 0，${high} 又大于界限：不确定。`,
        },
      }
    }),
    compare: code(() => ({
      ask: {
        en: 'Write compare(a, b, t, margin), which gives { mean, halfWidth, verdict } of the differences a - b.',
        zh: '写出 compare(a, b, t, margin)，返回差值 a - b 的 { mean, halfWidth, verdict }。',
      },
      function: 'compare',
      cases: (dice) => [
        caseFor(dice, 4, 1, 'holds'),
        caseFor(dice, -2, 1, 'does not hold'),
        caseFor(dice, 0.5, 0.1, 'does not hold'),
        caseFor(dice, 1.2, 2, 'unclear'),
        caseFor(dice, 0.9, 0.4, 'unclear'),
        caseFor(dice, 0.5, 2, 'unclear'),
      ],
      because: {
        en: '`convlab experiment` judges in just this way, on unrounded numbers.',
        zh: '`convlab experiment` 正是这样判断的，用的是没有舍入的数。',
      },
      mistakes: [
        {
          edit: ['value - b[s]', 'b[s] - value'],
          says: { en: 'The differences are a - b.', zh: '差值应为 a - b。' },
        },
        {
          edit: [
            'a.map((value, s) => value - b[s])',
            'a.toSorted((x, y) => x - y).map((value, s) => value - b.toSorted((x, y) => x - y)[s])',
          ],
          says: {
            en: 'You sorted the metrics: pairs are runs of the same seed.',
            zh: '你把指标排了序：配对的应是同一个种子的两次训练。',
          },
        },
        {
          edit: ['squares / (n - 1) / n', 'squares / n / n'],
          says: {
            en: 'The variance divides by n - 1: one degree of freedom went into the mean.',
            zh: '方差要除以 n - 1：均值用掉了一个自由度。',
          },
        },
        {
          edit: ['squares / (n - 1) / n', 'squares / (n - 1)'],
          says: {
            en: 'That is how far single seeds scatter. Their mean scatters less, by sqrt(n).',
            zh: '那是单个种子的散布。均值的散布要再除以 sqrt(n)。',
          },
        },
        {
          edit: ['mean - halfWidth > 0 && mean >= margin', 'mean - halfWidth > 0'],
          says: {
            en: 'An interval above 0 is not enough: the mean must not be below the margin.',
            zh: '区间在 0 以上还不够：均值也不能低于界限。',
          },
        },
        {
          edit: ['mean + halfWidth < margin', 'mean < margin'],
          says: {
            en: "A mean below the margin refutes nothing while the interval reaches beyond it: that is 'unclear'.",
            zh: "均值低于界限，但区间伸到界限以上，什么也没推翻：那是 'unclear'。",
          },
        },
      ],
      hints: [
        {
          en: 'Take the differences first, then their mean and the sum of squared deviations.',
          zh: '先求差值，再求均值和离差平方和。',
        },
        {
          en: 'halfWidth = t * Math.sqrt(squares / (n - 1) / n)',
          zh: 'halfWidth = t * Math.sqrt(squares / (n - 1) / n)',
        },
      ],
      solution: {
        en: "'holds' if mean - halfWidth > 0 and mean >= margin; else 'does not hold' if mean + halfWidth < margin; else 'unclear'.",
        zh: "mean - halfWidth > 0 且 mean >= margin 时为 'holds'；否则 mean + halfWidth < margin 时为 'does not hold'；其余为 'unclear'。",
      },
    })),
    narrower: number({ tolerance: 0.004 }, (dice) => {
      const K = dice.pick([2, 4, 8, 16])
      const uniform = Array.from({ length: K }, () => 1 / K)
      const share = Math.hypot(...uniform)
      return {
        ask: {
          en: `K = ${K} independent experts have the standard deviation 1, and each gets the weight 1/${K}. What is the standard deviation of the mixed kernel?`,
          zh: `K = ${K} 个独立的专家，标准差都是 1，权重各为 1/${K}。聚合卷积核的标准差是多少？`,
        },
        answer: share,
        mistakes: [
          {
            answer: 1,
            says: {
              en: 'The weights sum to 1, but independent values partly cancel.',
              zh: '权重之和虽然是 1，独立的值却会互相抵消一部分。',
            },
          },
          {
            answer: share ** 2,
            says: {
              en: 'That is the variance: variances add up, each times its weight squared. Take the root.',
              zh: '那是方差：方差按权重的平方相加。还要开方。',
            },
          },
        ],
        because: {
          en: 'With four experts it is a half: the very factor that S starts with.',
          zh: '四个专家时正好是一半：S 的初值就乘了这个数。',
        },
        hints: [
          { en: 'Variances of independent values add up.', zh: '独立变量的方差可以相加。' },
          { en: `sqrt(${K} * (1/${K})^2)`, zh: `sqrt(${K} × (1/${K})²)` },
        ],
        solution: {
          en: `1 / sqrt(${K}) = ${share.toFixed(3)}`,
          zh: `1 / sqrt(${K}) = ${share.toFixed(3)}`,
        },
      }
    }),
    control: code(() => ({
      ask: {
        en: 'Write controlBound(fanIn, attention): between minus and plus which bound must a static kernel start, to have the standard deviation of the mixture?',
        zh: '写出 controlBound(fanIn, attention)：静态卷积核应在正负多大的范围里取初值，标准差才和聚合卷积核一样？',
      },
      function: 'controlBound',
      cases: (dice) =>
        [2, 3, 4, 8].map((K) => {
          const powers = Array.from(dice.stream.randn(K), (x) => Math.exp(x))
          const sum = powers.reduce((total, power) => total + power, 0)
          const attention = powers.map((power) => Math.round((1000 * power) / sum) / 1000)
          const fanIn = 9 * dice.pick([1, 3, 8, 16])
          return { input: [fanIn, attention], expected: boundOf(fanIn, attention) }
        }),
      because: {
        en: 'A static network that starts so is the control. What it does not lose to, attention has not won.',
        zh: '这样初始化的静态网络就是对照。赢不了它，就不能算注意力的功劳。',
      },
      mistakes: [
        {
          edit: [' * Math.sqrt(variance)', ''],
          says: {
            en: 'So starts one expert. The mixture is narrower: use the attention.',
            zh: '那是单个专家的初值范围。混合之后更窄：要用上 attention。',
          },
        },
        {
          edit: ['Math.sqrt(variance)', 'variance'],
          says: {
            en: 'The sum of squared weights scales the variance; a bound scales as the standard deviation: take the root.',
            zh: '权重平方和缩放的是方差；范围随标准差变化：还要开方。',
          },
        },
        {
          edit: ['Math.sqrt(variance)', 'Math.sqrt(1 / attention.length)'],
          says: {
            en: 'That is right for equal weights only: sum the squares of those given.',
            zh: '那只适用于权重相等的情形：请把给定权重的平方加起来。',
          },
        },
        {
          edit: ['weight ** 2', 'weight'],
          says: {
            en: 'Weights sum to 1, so that changes nothing: variances take their squares.',
            zh: '权重之和是 1，等于没变：方差要用权重的平方。',
          },
        },
      ],
      hints: [
        {
          en: 'Var(sum of w_k X_k) = sum of w_k^2 Var(X_k), for independent X_k.',
          zh: 'X_k 独立时，Var(Σ w_k X_k) = Σ w_k² Var(X_k)。',
        },
        {
          en: 'The bound of one expert times the root of the sum of squared weights.',
          zh: '单个专家的范围，乘以权重平方和的平方根。',
        },
      ],
      solution: {
        en: '`Math.sqrt(6 / fanIn) * Math.sqrt(attention.reduce((sum, weight) => sum + weight ** 2, 0))`',
        zh: '`Math.sqrt(6 / fanIn) * Math.sqrt(attention.reduce((sum, weight) => sum + weight ** 2, 0))`',
      },
    })),
    because: choice(() => ({
      ask: {
        en: 'Somebody reports that D4 beats S clearly, and concludes that attention does it. Which difference would show that?',
        zh: '有人报告 D4 明显胜过 S，并断定是注意力的功劳。要看哪个差值才能证明？',
      },
      options: {
        uniform: { text: { en: 'D4 - U4', zh: 'D4 - U4' }, right: true },
        full: {
          text: { en: 'D4 - S-full', zh: 'D4 - S-full' },
          says: {
            en: 'That compares with a baseline that loses by its initial values alone.',
            zh: '那个基线光凭初值就会输。',
          },
        },
        parameters: {
          text: { en: 'D4 - S-par', zh: 'D4 - S-par' },
          says: {
            en: 'That asks whether the parameters are better spent on width.',
            zh: '那是在问：同样的参数用来加宽会不会更好。',
          },
        },
        compute: {
          text: { en: 'D4 - S-madd', zh: 'D4 - S-madd' },
          says: {
            en: 'That asks whether the multiply-adds are better spent on width.',
            zh: '那是在问：同样的乘加次数用来加宽会不会更好。',
          },
        },
      },
      because: {
        en: 'U4 has all that D4 has but the choice. What D4 makes more than U4, the choice makes.',
        zh: '除了不能选择，U4 和 D4 一样。D4 比 U4 多出来的，才是选择带来的。',
      },
      hints: [
        { en: 'Change one thing at a time: which?', zh: '一次只改一样：改哪样？' },
        { en: 'The same four kernels, without attention.', zh: '同样四个卷积核，去掉注意力。' },
      ],
      solution: {
        en: 'D4 - U4: the same kernels, with attention and without.',
        zh: 'D4 - U4：卷积核相同，一个有注意力，一个没有。',
      },
    })),
  },
}
