import { say, type Text } from '../../base/text.ts'
import type { StepText } from '../../trace/trace.ts'
import { mixtureNote, rowsNote } from '../expert-notes.ts'

export const title: Text = { en: 'Dynamic convolution', zh: '动态卷积' }

export const summary: Text = {
  en: 'dynamic convolution: K kernels, mixed anew for every input by attention',
  zh: '动态卷积：由注意力按输入把 K 个卷积核聚合成一个',
}

export const steps = {
  input: { title: { en: 'The input', zh: '输入' } },
  pool: { title: { en: 'Average every channel', zh: '逐通道求平均（全局平均池化）' } },
  fc1: { title: { en: 'First layer of the attention', zh: '注意力分支第一层' } },
  relu: { title: { en: 'Keep what is positive', zh: '只留正值' } },
  fc2: { title: { en: 'One score for each kernel', zh: '给每个卷积核打分' } },
  attention: { title: { en: 'Scores become attention weights', zh: '分数变成注意力权重' } },
  experts: {
    title: { en: 'The kernels, one a row', zh: 'K 个卷积核，每行一个' },
    note: rowsNote,
  },
  'aggregate-weight': {
    title: { en: 'Mix the kernels into one', zh: '把几个卷积核聚合成一个' },
    note: (trace) => mixtureNote(trace, 'attention @ experts'),
  },
  'aggregate-bias': {
    title: { en: 'Mix the biases in the same way', zh: '偏置也同样聚合' },
    note: () => ({ en: say`attention @ biases`, zh: say`attention @ biases` }),
  },
  output: { title: { en: 'Convolve with the mixed kernel', zh: '用聚合卷积核做卷积' } },
} as const satisfies Record<string, StepText>
