import { say, type Text } from '../../base/text.ts'
import { stepOf } from '../../trace/query.ts'
import type { StepText } from '../../trace/trace.ts'
import { expertsNote, mixtureNote } from '../expert-notes.ts'

export const title: Text = { en: 'ODConv', zh: 'ODConv 全维动态卷积' }

export const summary: Text = {
  en: 'ODConv: attention along all four dimensions of kernels',
  zh: 'ODConv：在卷积核的全部四个维度上都加注意力',
}

const each = () => ({
  en: say`each in 0 … 1, not summing to 1`,
  zh: say`各自在 0 … 1 之间，和不必为 1`,
})

export const steps = {
  input: { title: { en: 'The input', zh: '输入' } },
  pool: { title: { en: 'Average every channel', zh: '逐通道求平均（全局平均池化）' } },
  fc: { title: { en: 'The trunk of the attention', zh: '注意力分支的公共层' } },
  norm: {
    title: { en: 'Batch norm, on its running statistics', zh: '批归一化（用滑动平均的统计量）' },
  },
  relu: { title: { en: 'Keep what is positive', zh: '只留正值' } },
  'channel-attention': {
    title: { en: 'A weight for every input channel', zh: '每个输入通道一个权重' },
    note: each,
  },
  'filter-attention': {
    title: { en: 'A weight for every output channel', zh: '每个输出通道一个权重' },
    note: each,
  },
  'spatial-attention': {
    title: { en: 'A weight for every position in the kernel', zh: '核内每个位置一个权重' },
    note: each,
  },
  'kernel-attention': {
    title: { en: 'A weight for every kernel', zh: '每个卷积核一个权重' },
  },
  'scaled-input': { title: { en: 'Scale the input channels', zh: '按权重缩放输入通道' } },
  experts: {
    title: { en: 'The kernels', zh: 'K 个卷积核' },
    note: (trace) => expertsNote(trace),
  },
  'aggregate-weight': {
    title: { en: 'Mix the kernels into one', zh: '把几个卷积核聚合成一个' },
    note(trace) {
      const factors = stepOf(trace, 'aggregate-weight').from
      return mixtureNote(trace, factors.map((id) => id.replace('-attention', '')).join(' · '))
    },
  },
  convolved: { title: { en: 'Convolve with the mixed kernel', zh: '用聚合卷积核做卷积' } },
  output: { title: { en: 'Scale the output channels', zh: '按权重缩放输出通道' } },
} as const satisfies Record<string, StepText>
