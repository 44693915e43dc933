// The questions that a difference of two models answers.
import type { ComparisonQuestion } from '../experiment.ts'

/** D4 against its controls: each answers another question. */
export const classificationQuestions: readonly ComparisonQuestion[] = [
  {
    id: 'same-width',
    title: { en: 'same width', zh: '同样宽度' },
    a: 'D4',
    b: 'S',
  },
  {
    id: 'naive',
    title: { en: 'same width, naive init', zh: '同样宽度，朴素初始化' },
    a: 'D4',
    b: 'S-full',
  },
  {
    id: 'same-compute',
    title: { en: 'same compute', zh: '同样计算量' },
    a: 'D4',
    b: 'S-madd',
  },
  {
    id: 'same-parameters',
    title: { en: 'same parameters', zh: '同样参数量' },
    a: 'D4',
    b: 'S-par',
  },
  {
    id: 'attention',
    title: { en: 'because of attention', zh: '归功于注意力' },
    a: 'D4',
    b: 'U4',
  },
  {
    id: 'any-input-dependence',
    title: { en: 'more than a channel gate', zh: '胜过通道门控' },
    a: 'D4',
    b: 'SE',
  },
  {
    id: 'initialisation',
    title: { en: 'the initialisation alone', zh: '仅改初始化' },
    a: 'S',
    b: 'S-full',
  },
  {
    id: 'more-kernels',
    title: { en: 'more kernels, no attention', zh: '多个卷积核，无注意力' },
    a: 'U4',
    b: 'S',
  },
  {
    id: 'annealing',
    title: { en: 'annealing against T = 1', zh: '退火，对照 T = 1' },
    a: 'D4',
    b: 'D4-T1',
  },
  {
    id: 'flat-attention',
    title: { en: 'annealing against T = 30', zh: '退火，对照 T = 30' },
    a: 'D4',
    b: 'D4-T30',
  },
]

export const filterQuestions: readonly ComparisonQuestion[] = [
  {
    id: 'same-width',
    title: { en: 'one kernel is not enough', zh: '一个卷积核不够' },
    a: 'D4',
    b: 'S',
  },
  {
    id: 'attention',
    title: { en: 'because of attention', zh: '归功于注意力' },
    a: 'D4',
    b: 'U4',
  },
  {
    id: 'cue',
    title: { en: 'because it sees the cue', zh: '因为看得到线索' },
    a: 'D4',
    b: 'D4-nocue',
  },
  {
    id: 'nonlinear',
    title: { en: 'against 8 channels, ReLU', zh: '对照 8 通道加 ReLU' },
    a: 'D4',
    b: 'R8',
  },
  {
    id: 'nonlinear-small',
    title: { en: 'against 4 channels, ReLU', zh: '对照 4 通道加 ReLU' },
    a: 'D4',
    b: 'R4',
  },
  {
    id: 'annealing',
    title: { en: 'annealing against T = 1', zh: '退火，对照 T = 1' },
    a: 'D4',
    b: 'D4-T1',
  },
  {
    id: 'flat-attention',
    title: { en: 'annealing against T = 30', zh: '退火，对照 T = 30' },
    a: 'D4',
    b: 'D4-T30',
  },
]
