// Handwritten digits, 8x8: UCI's optdigits.
import { type Experiment, offsets, type TestSet } from '../experiment.ts'
import { classification, fairness, tiny } from './classification.ts'

const base = { ...classification, network: 'digits' } as const

type Digits = Extract<Experiment['train'], { kind: 'digits' }>

const rest = (data: Digits): TestSet => ({
  name: 'test',
  title: { en: 'the digits left out of training', zh: '未参与训练的数字' },
  data,
  offset: offsets.train, // one stream shuffles all digits: the rest is for the test
})

const plain: Digits = { kind: 'digits' }
const inverted: Digits = { kind: 'digits', inverted: true }
const rotated: Digits = { kind: 'digits', rotated: true }

export const digits: Experiment = {
  ...base,
  name: 'digits',
  title: { en: 'handwritten digits', zh: '手写数字' },
  about: {
    en: 'Real images, small ones: 1797 handwritten digits, 1000 of them to learn from. Does dynamic convolution help where nothing was arranged for it?',
    zh: '真实图像，只是小一些：1797 个手写数字，其中 1000 个用来训练。没有专门为它设计数据时，动态卷积有用吗？',
  },
  train: plain,
  tests: [rest(plain)],
  takeaway: [fairness, tiny],
}

export const digitsPolarity: Experiment = {
  ...base,
  name: 'digits-pol',
  title: { en: 'digits, light and dark', zh: '数字，黑白颠倒' },
  about: {
    en: 'Half of the digits are inverted, and the mean of the image tells which.',
    zh: '一半数字黑白颠倒，看图像均值就知道是哪一种。',
  },
  train: inverted,
  tests: [rest(inverted)],
  cue: 'polarity',
  takeaway: [fairness, tiny],
}

export const digitsRotation: Experiment = {
  ...base,
  name: 'digits-rot',
  title: { en: 'digits in four orientations', zh: '四个朝向的数字' },
  about: {
    en: 'Every digit is turned by a random number of quarter turns, which its mean does not tell.',
    zh: '每个数字随机转若干个 90 度，而均值看不出转了多少。',
  },
  train: rotated,
  tests: [rest(rotated)],
  cue: 'turns',
  takeaway: [fairness, tiny],
}
