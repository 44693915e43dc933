// More kernels to mix: finer attention, a smaller mixed kernel, many more parameters, hardly more work.
import { say } from '../../base/text.ts'
import { evennessOf, mixedScale } from '../../trace/attention-summary.ts'
import { stepOf } from '../../trace/query.ts'
import { standardDeviation } from '../../trace/stats.ts'
import { attentionWeightsOf, mean } from './attention.ts'
import { commandFor, type Finding, type Sweep, type SweepSettings } from './sweep.ts'

export const counts = [1, 2, 4, 8, 16] as const

interface KernelsRow {
  readonly [id: string]: number | number[] | number[][]
  readonly kernels: number
  readonly attention: number[][]
  /** standard deviation of the mixed kernel over that of the experts; NaN where either is one value */
  readonly scale: number
  /** sqrt(Σ πk²), averaged over samples: what that would be for independent experts */
  readonly expected: number
  readonly parameters: number
  readonly multiplyAdds: number
}

export const kernelsSweep: Sweep = {
  name: 'kernels',
  title: { en: 'what more kernels (K) do', zh: '卷积核个数 K 的影响' },
  varies: 'kernels',

  runs: (given) => counts.map((kernels) => ({ ...given, kernels })),

  async measure(given, run) {
    const rows: KernelsRow[] = []
    for (const each of this.runs(given)) {
      const trace = await run(each)
      const { kernels } = trace.config
      const std = (id: string) => standardDeviation(stepOf(trace, id).values)
      const attention = attentionWeightsOf(trace)
      rows.push({
        kernels,
        attention,
        entropy: attention.map(evennessOf),
        scale: std('aggregate-weight') / std('experts'),
        expected: mean(attention.map(mixedScale)),
        uniform: 1 / Math.sqrt(kernels),
        parameters: trace.cost.parameters,
        multiplyAdds: trace.cost.multiplyAdds,
      })
    }
    return {
      columns: [
        { id: 'kernels', kind: 'value', title: { en: 'K', zh: 'K' } },
        { id: 'attention', kind: 'weights', title: { en: 'attention', zh: '注意力' } },
        { id: 'entropy', kind: 'decimal', title: { en: 'entropy\n/ ln K', zh: '熵\n/ ln K' } },
        {
          id: 'scale',
          kind: 'decimal',
          title: { en: 'std mixed\n/ experts', zh: '标准差\n聚合 / 专家' },
        },
        { id: 'uniform', kind: 'decimal', title: { en: '\n1/√K', zh: '\n1/√K' } },
        { id: 'parameters', kind: 'count', title: { en: 'para-\nmeters', zh: '\n参数' } },
        { id: 'multiplyAdds', kind: 'count', title: { en: 'multiply-\nadds', zh: '\n乘加' } },
      ],
      rows,
      findings: [scaleFinding(rows, given), costFinding(rows, given)],
    }
  },
}

function scaleFinding(rows: readonly KernelsRow[], given: SweepSettings): Finding {
  const measurable = rows.filter(({ scale }) => !Number.isNaN(scale))
  const last = measurable.at(-1)
  if (last === undefined) return singleValue(given)
  const { kernels, scale, expected } = last
  const uniform = 1 / Math.sqrt(kernels)
  const ratios = measurable.map((row) => row.scale / row.expected)
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  const among =
    measurable.length === rows.length
      ? { en: 'in all rows', zh: '各行的' }
      : { en: 'in the rows with a standard deviation', zh: '在有标准差的各行，' }
  return {
    id: 'scale',
    flattens: false,
    measured: { kernels, scale, expected, uniform, least, most },
    text: {
      en: say`Scale: mixing independent kernels shrinks their standard deviation by √Σπk², which is 1/√K where the weights are equal. At K = ${kernels}: measured ${scale}, √Σπk² = ${expected}, 1/√K = ${uniform}. Measured over expected lies between ${least} and ${most} ${among.en}.`,
      zh: say`尺度：把互相独立的卷积核聚合起来，标准差缩小为原来的 √Σπk² 倍；权重相等时就是 1/√K。K = ${kernels} 时：实测 ${scale}，√Σπk² = ${expected}，1/√K = ${uniform}。${among.zh}实测与预期之比在 ${least} 到 ${most} 之间。`,
    },
  }
}

/** With a value a kernel and one sample there is never a standard deviation. */
function singleValue(given: SweepSettings): Finding {
  return {
    id: 'one-value',
    flattens: false,
    measured: { values: 1 },
    text: {
      en: say`Scale: the mixed kernel is a single value here and has no standard deviation, in PyTorch NaN: a larger kernel has one.`,
      zh: say`尺度：这里聚合出的卷积核只有一个数，没有标准差，PyTorch 给出的是 NaN；卷积核大一些才有。`,
    },
    try: commandFor('sweep kernels', { ...given, out: 16 }),
  }
}

function costFinding(rows: readonly KernelsRow[], given: SweepSettings): Finding {
  const one = rows[0] as KernelsRow
  const { kernels, parameters, multiplyAdds } = rows.at(-1) as KernelsRow
  const before = { parameters: one.parameters, multiplyAdds: one.multiplyAdds }
  return {
    id: 'cost',
    flattens: false,
    measured: {
      fewest: one.kernels,
      kernels,
      parameters,
      multiplyAdds,
      parametersOfOne: before.parameters,
      multiplyAddsOfOne: before.multiplyAdds,
    },
    text: {
      en: say`Cost: from ${one.kernels} kernel to ${kernels}, parameters go from ${before.parameters} to ${parameters}, multiply-adds a sample only from ${before.multiplyAdds} to ${multiplyAdds}: the kernels are mixed once, then one convolution runs.`,
      zh: say`代价：K 从 ${one.kernels} 增到 ${kernels}，参数从 ${before.parameters} 增到 ${parameters}，而每个样本的乘加只从 ${before.multiplyAdds} 增到 ${multiplyAdds}：卷积核先聚合一次，之后只做一次卷积。`,
    },
    try: commandFor('dynamic', { ...given, kernels }),
  }
}
