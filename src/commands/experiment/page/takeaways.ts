// What a learner should take away: first what these runs show, in words, then what holds whatever
// they show.
import type { Text } from '../../../base/text.ts'
import { figuresOf } from '../../../show/experiment/experiment-figures.ts'
import type { Style } from '../../../show/style.ts'
import { paragraph } from '../../../show/text/layout.ts'
import { type Study, theoryTolerance } from '../../../training/statistics/experiment-study.ts'
import { trainingNetworks } from '../../../training/training-networks.ts'

export function takeaways(study: Study, style: Style): string[] {
  const texts = [...theory(study), ...initialisation(study), ...attention(study)]
  const all = [...texts, ...study.experiment.takeaway]
  return [
    style.colors.bold(style.say({ en: 'What to take away', zh: '要点' })),
    ...all.flatMap((text) =>
      paragraph(style.say(text), style.columns - 4).map((line, at) =>
        at === 0 ? `  - ${line}` : `    ${line}`,
      ),
    ),
  ]
}

/** Whether theory was met. */
function theory({ models }: Study): Text[] {
  const known = models.filter(({ theory }) => theory)
  if (known.length === 0) return []
  const list = known
    .map(
      ({ model, theory, metric }) =>
        `${model.name} ${metric?.mean.toFixed(3)} (${theory?.R2.toFixed(2)})`,
    )
    .join(', ')
  const met = known.every(({ theory }) => theory?.met)
  const zh = list.replaceAll(', ', '、').replaceAll(' (', '（').replaceAll(')', '）')
  return [
    met
      ? {
          en: `Theory is met within ${theoryTolerance}: ${list}. K kernels explain K/4 of the variance.`,
          zh: `与理论相差不到 ${theoryTolerance}：${zh}。K 个卷积核恰好解释方差的 K/4。`,
        }
      : {
          en: `Theory is missed by more than ${theoryTolerance} somewhere: ${list}.`,
          zh: `有的结果与理论相差超过 ${theoryTolerance}：${zh}。`,
        },
  ]
}

/** How much of the gain over a naive baseline is the initialisation's. */
function initialisation(study: Study): Text[] {
  const figures = figuresOf(study)
  const first = (id: string) => study.comparisons.find((each) => each.id === id)?.difference
  const naive = first('naive')
  const alone = first('initialisation')
  if (naive === undefined || alone === undefined) return []
  const [whole, part] = [figures.points(naive.mean), figures.points(alone.mean)]
  return [
    {
      en: `Against the naive baseline D4 makes ${whole} points; halving that baseline's initial values makes ${part}, without any attention. Only what remains can be dynamic convolution's.`,
      zh: `与朴素基线相比，D4 的差值是 ${whole} 个百分点；而不加任何注意力，只把基线的初值减半，就是 ${part}。剩下的才可能归功于动态卷积。`,
    },
  ]
}

/** Whether what attention sees is of use. */
function attention(study: Study): Text[] {
  const figures = figuresOf(study)
  const result = study.models.find(({ model }) => model.name === 'D4')
  const reports = result?.runs.flatMap(({ attention }) => attention ?? []) ?? []
  if (result?.metric === undefined || reports.length === 0) return []
  const mean = reports.reduce((sum, report) => sum + report.mean, 0) / reports.length
  const loss = result.metric.mean - mean
  const { margin } = trainingNetworks[study.experiment.network]
  const size = figures.points(-loss)
  return [
    loss < margin
      ? {
          en: `With the mean attention for every image, a static network, D4 changes by ${size}: it hardly needs to choose.`,
          zh: `让所有图像都用平均注意力（等于静态网络），D4 的指标变化 ${size}：它几乎不需要选择。`,
        }
      : {
          en: `With the mean attention for every image, D4 changes by ${size}: as trained, it relies on choosing. Whether a network without that choice could do as well is what the differences above answer.`,
          zh: `让所有图像都用平均注意力，D4 的指标变化 ${size}：训练出来的网络确实依赖选择。至于不能选择的网络能否做得一样好，要看上面的差值。`,
        },
  ]
}
