// Temperature schedules in the wild, on one axis of epochs, and what each does to this attention.
import { say, type Text } from '../../base/text.ts'
import { ops } from '../../ops/index.ts'
import { evennessOf } from '../../trace/attention-summary.ts'
import { stepOf, tensorOf } from '../../trace/query.ts'
import type { Trace } from '../../trace/trace.ts'
import { bySample, mean } from './attention.ts'
import { UNIFORM } from './causes.ts'
import type { Finding, Sweep } from './sweep.ts'

interface Schedule {
  readonly id: string
  readonly title: Text
  /** its mark on the axis */
  readonly mark: string
  /** the temperature at a moment in training, in epochs */
  at(epochs: number): number
}

/** From one temperature to another in a straight line over the first epochs. */
const falling = (from: number, to: number, over: number) => (epochs: number) =>
  Math.max(to, from + ((to - from) * epochs) / over)

const fromThirty = falling(30, 1, 10)

export const schedules: readonly Schedule[] = [
  {
    id: 'kaijieshi7',
    title: { en: 'kaijieshi7', zh: 'kaijieshi7' },
    mark: 'k',
    at: (epochs) => Math.max(1, 34 - 3 * Math.floor(epochs)),
  },
  {
    id: 'paper',
    title: { en: 'paper', zh: '论文' },
    mark: 'p',
    at: (epochs) => fromThirty(Math.floor(epochs)), // one step an epoch
  },
  { id: 'odconv', title: { en: 'ODConv', zh: 'ODConv' }, mark: 'o', at: fromThirty }, // every iteration
]

/** Long enough to see the slowest one arrive. */
const EPOCHS = 13

export const scheduleSweep: Sweep = {
  name: 'schedule',
  title: { en: 'temperature schedules in the wild', zh: '各家的温度调度' },
  varies: 'temperature',

  runs: (given) => [given],

  async measure(given, run) {
    const trace = await run(given)
    const rows = Array.from({ length: EPOCHS }, (_, epoch) => {
      // half-way, where a schedule by epochs and one by iterations tell apart
      const temperatures = schedules.map((schedule) => schedule.at(epoch + 0.5))
      const points = schedules.flatMap(({ id }, at) => {
        const temperature = temperatures[at] as number
        return [
          [id, temperature],
          [`${id}-entropy`, entropyAt(trace, temperature)],
        ]
      })
      return {
        epoch: epoch + 0.5,
        ...(Object.fromEntries(points) as Record<string, number>),
        temperatures,
      }
    })
    const end = Math.max(...schedules.map(({ at }) => at(0)))
    return {
      columns: [
        { id: 'epoch', kind: 'value', title: { en: '\nepoch', zh: '\n轮次' } },
        ...schedules.flatMap(({ id, title, mark }) => [
          {
            id,
            kind: 'decimal' as const,
            digits: 2,
            title: { en: `${title.en}\nT (${mark})`, zh: `${title.zh}\nT (${mark})` },
          },
          {
            id: `${id}-entropy`,
            kind: 'decimal' as const,
            title: { en: 'entropy\n/ ln K', zh: '熵\n/ ln K' },
          },
        ]),
        {
          id: 'temperatures',
          kind: 'axis',
          title: {
            en: `one axis, 0 … ${end}\n(*: several)`,
            zh: `同一条轴 0 … ${end}\n（* 表示重合）`,
          },
          marks: schedules.map(({ mark }) => mark),
          end,
        },
      ],
      rows,
      findings: [...schedules.map((schedule) => finding(schedule, trace)), another],
    }
  },
}

/** Entropy / ln K of the scores of this run at another temperature, averaged over samples. */
export function entropyAt(trace: Trace, temperature: number): number {
  const scores = tensorOf(stepOf(trace, 'fc2'))
  const { data, shape } = ops.softmax.forward([scores], { axis: 1, temperature })
  return mean(bySample({ values: data, shape }).map(evennessOf))
}

function finding({ id, title, at }: Schedule, trace: Trace): Finding {
  const from = at(0)
  const to = at(EPOCHS)
  const entropyFrom = entropyAt(trace, from)
  const entropyTo = entropyAt(trace, to)
  const hold = Array.from({ length: EPOCHS }, (_, epoch) => epoch).filter(
    (epoch) => entropyAt(trace, at(epoch + 0.5)) >= UNIFORM,
  ).length
  return {
    id,
    flattens: hold === EPOCHS,
    measured: { from, to, entropyFrom, entropyTo, hold, epochs: EPOCHS },
    text: {
      en: say`${title.en}: T from ${from} to ${to}; entropy / ln K from ${entropyFrom} to ${entropyTo}. For ${hold} of ${EPOCHS} epochs the weights are nearly uniform, so every kernel learns; then they may choose.`,
      zh: say`${title.zh}：T 从 ${from} 降到 ${to}，熵 / ln K 从 ${entropyFrom} 变为 ${entropyTo}。${EPOCHS} 轮中有 ${hold} 轮权重接近均匀，每个卷积核都能学到东西，之后才拉开差距。`,
    },
  }
}

/** A schedule that looks alike and is not one of the softmax. */
const another: Finding = {
  id: 'kernelwarehouse',
  flattens: false,
  measured: { from: 1, to: 0 },
  text: {
    en: say`KernelWarehouse also lowers a temperature, from ${1} to ${0}, but means something else by it: ${1} is a static one-to-one assignment of kernels, not a softmax divided by ${1}. It has no place on this axis.`,
    zh: say`KernelWarehouse 也有从 ${1} 降到 ${0} 的“温度”，但含义不同：${1} 表示卷积核一对一固定分配，而不是 softmax 除以 ${1}，所以不画在这条轴上。`,
  },
}
