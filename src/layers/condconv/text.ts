import { say, type Text } from '../../base/text.ts'
import type { StepText } from '../../trace/trace.ts'
import { mixtureNote, rowsNote } from '../expert-notes.ts'

export const title: Text = { en: 'CondConv', zh: 'CondConv 条件卷积' }

export const summary: Text = {
  en: 'CondConv: K kernels, each with a weight of its own',
  zh: 'CondConv：按输入给 K 个卷积核各算一个权重，再聚合成一个',
}

export const steps = {
  input: { title: { en: 'The input', zh: '输入' } },
  pool: { title: { en: 'Average every channel', zh: '逐通道求平均（全局平均池化）' } },
  logits: { title: { en: 'One score for each kernel', zh: '给每个卷积核打分' } },
  routing: {
    title: { en: 'Scores become routing weights', zh: '分数变成路由权重' },
    note: () => ({
      en: say`each in 0 … 1, not summing to 1`,
      zh: say`各自在 0 … 1 之间，和不必为 1`,
    }),
  },
  experts: { title: { en: 'The kernels, one a row', zh: 'K 个卷积核，每行一个' }, note: rowsNote },
  'aggregate-weight': {
    title: { en: 'Mix the kernels into one', zh: '把几个卷积核聚合成一个' },
    note: (trace) => mixtureNote(trace, 'routing @ experts'),
  },
  'aggregate-bias': {
    title: { en: 'Mix the biases in the same way', zh: '偏置也同样聚合' },
    note: () => ({ en: say`routing @ biases`, zh: say`routing @ biases` }),
  },
  output: { title: { en: 'Convolve with the mixed kernel', zh: '用聚合卷积核做卷积' } },
} as const satisfies Record<string, StepText>
