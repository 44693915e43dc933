// Whether it helps: claims that take training. Each names an experiment and its questions.
import { say, type Text } from '../base/text.ts'
import { sources } from '../networks/published.ts'
import { experimentNamed } from '../training/index.ts'
import { theoryTolerance } from '../training/statistics/experiment-study.ts'
import { intervalOf } from '../training/statistics/interval.ts'
import {
  articleSource,
  type Claim,
  type ClaimSource,
  type Measurement,
  verdictIf,
} from './claim.ts'
import { answerOf, metricsOf } from './record.ts'

/** Every control answers another question: separate lines, never merged. */
const fair = ['same-width', 'naive', 'same-compute', 'same-parameters', 'attention']

const performance = articleSource('在某些任务（如多尺度处理、变换不变性处理等）中能提供更好的性能')
const paper: ClaimSource = { kind: 'paper', paper: sources.dynamic }

interface Trained {
  readonly name: string
  readonly says: Text
  readonly source?: ClaimSource
  readonly experiment: string
  /** the test set, where it is not the first */
  readonly test?: string
  /** ids of the experiment's questions */
  readonly questions?: readonly string[]
}

function trained({ name, says, source = performance, ...rest }: Trained): Claim {
  const { experiment: of, test = 'test', questions = fair } = rest
  const experiment = experimentNamed(of)
  return {
    name,
    topic: 'performance',
    says,
    source,
    evidence: {
      kind: 'trained',
      experiment,
      measure: () =>
        experiment.questions
          .filter(({ id }) => questions.includes(id))
          .map((question) => answerOf(experiment, question, test)),
    },
  }
}

/** Means of the filter experiment, against theory. */
function measureTheory(): readonly Measurement[] {
  const filter = experimentNamed('filter')
  const kernels = [1, 2, 3, 4]
  const means = kernels.map((K) => intervalOf(metricsOf(filter, `D${K}`, 'test')).mean)
  const off = Math.max(...means.map((mean, at) => Math.abs(mean - (kernels[at] as number) / 4)))
  const list = (between: string) => means.map((mean) => mean.toFixed(4)).join(between)
  return [
    {
      verdict: verdictIf(off < theoryTolerance),
      words: {
        en: say`R2 of ${list(', ')} for K = 1 to 4; the furthest is off by ${off}.`,
        zh: say`K = 1 到 4 时 R2 为 ${list('、')}；与理论最多相差 ${off}。`,
      },
    },
  ]
}

export const performanceClaims: readonly Claim[] = [
  {
    name: 'kernels-explain-filters',
    topic: 'performance',
    says: {
      en: 'Of a task with four orthonormal filters, K kernels explain K/4.',
      zh: '任务里有四个标准正交的滤波器时，K 个卷积核能解释 K/4。',
    },
    source: paper,
    evidence: { kind: 'trained', experiment: experimentNamed('filter'), measure: measureTheory },
  },
  trained({
    name: 'kernel-that-depends',
    says: {
      en: 'It is better where the right kernel depends on the input.',
      zh: '该用哪个卷积核取决于输入时，它更好。',
    },
    source: paper,
    experiment: 'filter',
    questions: ['same-width', 'attention', 'cue', 'nonlinear'],
  }),
  trained({
    name: 'multi-scale',
    says: { en: 'It is better on objects of several sizes.', zh: '它在多尺度任务上更好。' },
    experiment: 'scale',
  }),
  trained({
    name: 'multi-scale-hidden',
    says: {
      en: 'It is better on several sizes, also where the mean does not tell which.',
      zh: '均值看不出大小时，它在多尺度任务上也更好。',
    },
    experiment: 'scale-hid',
  }),
  trained({
    name: 'unseen-scale',
    says: {
      en: 'It is better on a size that training never showed.',
      zh: '它在训练时没见过的大小上更好。',
    },
    experiment: 'scale-gen',
    test: 'unseen',
  }),
  trained({
    name: 'rotation',
    says: { en: 'It is better on turned images.', zh: '它在旋转的图像上更好。' },
    experiment: 'rot',
  }),
  trained({
    name: 'polarity',
    says: { en: 'It is better on light and dark images.', zh: '它在深浅相反的图像上更好。' },
    experiment: 'pol',
  }),
  trained({
    name: 'unseen-rotation',
    says: {
      en: 'It is more robust to turns that training never showed.',
      zh: '遇到训练时没见过的旋转，它更稳健。',
    },
    experiment: 'upright',
    test: 'rotated',
  }),
  trained({
    name: 'unseen-polarity',
    says: {
      en: 'It is more robust to inversion that training never showed.',
      zh: '遇到训练时没见过的反色，它更稳健。',
    },
    experiment: 'upright',
    test: 'inverted',
  }),
  trained({
    name: 'unseen-position',
    says: {
      en: 'It is more robust to places that training never showed.',
      zh: '遇到训练时没见过的位置，它更稳健。',
    },
    experiment: 'shift',
    test: 'moved',
  }),
  trained({
    name: 'digits',
    says: { en: 'It is better on handwritten digits.', zh: '它在手写数字上更好。' },
    source: paper,
    experiment: 'digits',
  }),
  trained({
    name: 'digits-polarity',
    says: { en: 'It is better on light and dark digits.', zh: '它在深浅相反的数字上更好。' },
    experiment: 'digits-pol',
  }),
  trained({
    name: 'digits-rotation',
    says: { en: 'It is better on turned digits.', zh: '它在旋转的数字上更好。' },
    experiment: 'digits-rot',
  }),
  ...['filter', 'scale', 'digits'].map((experiment) =>
    trained({
      name: `annealing-${experiment}`,
      says: {
        en: `The temperature is better lowered from 30 to 1 than kept (${experiment}).`,
        zh: `温度从 30 降到 1，比保持不变好（${experiment}）。`,
      },
      source: paper,
      experiment,
      questions: ['annealing', 'flat-attention'],
    }),
  ),
  ...['scale', 'digits'].map((experiment) =>
    trained({
      name: `channel-gate-${experiment}`,
      says: {
        en: `It does more than a channel gate, as squeeze-and-excitation has it (${experiment}).`,
        zh: `它比通道门控（SE）更有用（${experiment}）。`,
      },
      source: paper,
      experiment,
      questions: ['any-input-dependence'],
    }),
  ),
  ...['scale', 'digits'].map((experiment) =>
    trained({
      name: `initialisation-${experiment}`,
      says: {
        en: `Smaller initial values alone, without attention, make a static network better (${experiment}).`,
        zh: `不加注意力，只把初值减半，静态网络就会更好（${experiment}）。`,
      },
      source: { kind: 'code', code: 'nn.init.kaiming_uniform_(weight[k])' },
      experiment,
      questions: ['initialisation'],
    }),
  ),
]
