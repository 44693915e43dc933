import type { Text } from '../../base/text.ts'

export const title: Text = { en: 'Static convolution', zh: '普通卷积' }

export const summary: Text = {
  en: 'ordinary convolution: one kernel for every input',
  zh: '普通卷积：所有输入共用同一个卷积核',
}

export const steps = {
  input: { title: { en: 'The input', zh: '输入' } },
  weight: { title: { en: 'The kernels', zh: '卷积核' } },
  bias: { title: { en: 'The biases', zh: '偏置' } },
  output: { title: { en: 'Slide the kernels over the input', zh: '卷积核滑过输入' } },
} as const satisfies Record<string, { title: Text }>
