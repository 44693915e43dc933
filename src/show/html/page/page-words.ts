// The page's own words; all that is said of a layer comes from the layer.
import type { Text } from '../../../base/text.ts'

export const words = {
  play: { en: 'Try it', zh: '动手试试' },
  pointHow: {
    en: 'Point at an output value to see how it comes about.',
    zh: '把指针移到一个输出值上，看它怎么算出来。',
  },
  slideHow: {
    en: 'Move a slider, and the layer is computed again, here in the page.',
    zh: '拖动滑块，这一层就在网页里重新计算。',
  },
  temperature: { en: 'Temperature T', zh: '温度 T' },
  exactTemperature: { en: 'Temperature T, as a number', zh: '温度 T 的数值' },
  lowHot: {
    en: 'low: the weights lie far apart; high: all weigh the same',
    zh: '温度越低，权重差别越大；越高，权重越平均',
  },
  reset: { en: 'Back to the saved run', zh: '恢复保存时的样子' },
  sample: { en: 'Sample', zh: '样本' },
  outChannel: { en: 'Output channel', zh: '输出通道' },
  inChannel: { en: 'Input channel', zh: '输入通道' },
  expert: { en: 'Expert', zh: '专家' },
  row: { en: 'Row', zh: '行' },
  column: { en: 'Column', zh: '列' },
  kernel: { en: 'Kernel', zh: '卷积核' },
  inputWindow: { en: 'Input window', zh: '输入窗口' },
  products: { en: 'Products', zh: '乘积' },
  sum: { en: 'sum', zh: '和' },
  bias: { en: 'bias', zh: '偏置' },
  scale: { en: 'scale', zh: '缩放' },
  padding: { en: 'padding', zh: '补的零' },
  pickOutput: {
    en: 'Output map: choose a value with the arrow keys',
    zh: '输出图：用方向键选一个值',
  },
  steps: { en: 'Step by step', zh: '逐步讲解' },
  overview: { en: 'All steps', zh: '全部步骤' },
  from: { en: 'made from', zh: '来自' },
  setByHand: { en: 'set by hand', zh: '手动设定' },
  checked: { en: 'Checked on the saved run: ', zh: '在保存的这次运行上验证过：' },
  failed: { en: 'Does not hold on the saved run: ', zh: '在保存的这次运行上不成立：' },
  trap: { en: 'Often wrong: ', zh: '常见错误：' },
  sameCommand: { en: 'The same run in a terminal', zh: '在终端里得到同样的结果' },
  noAttention: {
    en: 'This layer has no attention: its kernel is the same for every input.',
    zh: '这一层没有注意力：不管输入是什么，卷积核都一样。',
  },
} as const satisfies Record<string, Text>

export function more(count: number): Text {
  return { en: `… and ${count} more`, zh: `… 另有 ${count} 个` }
}

export function mapLabel(name: string, channel: number, rows: number, columns: number): Text {
  return {
    en: `${name}, channel ${channel}: ${rows} × ${columns} values`,
    zh: `${name}，通道 ${channel}：${rows} × ${columns} 个值`,
  }
}
