// What attention looks at, and what it is good for: of every dynamic model, averaged over seeds.
import type { Text } from '../../../base/text.ts'
import { figuresOf } from '../../../show/experiment/experiment-figures.ts'
import { heading } from '../../../show/experiment/heading.ts'
import type { Style } from '../../../show/style.ts'
import { columns, indent, type Row } from '../../../show/text/layout.ts'
import type { Cue, Experiment } from '../../../training/experiment.ts'
import type { AttentionReport } from '../../../training/optimisation/attention-report.ts'
import type { Study } from '../../../training/statistics/experiment-study.ts'
import { itemMeans } from '../../../training/statistics/means.ts'

const cueNames: Readonly<Record<Cue, Text>> = {
  scale: { en: 'size', zh: '大小' },
  turns: { en: 'quarter turns', zh: '旋转' },
  polarity: { en: 'polarity', zh: '明暗' },
  filter: { en: 'cue', zh: '线索' },
}

export function attentionSection(study: Study, style: Style): string[] {
  const dynamic = study.models.flatMap(({ model, metric, runs }) => {
    const reports = runs.flatMap(({ attention }) => attention ?? [])
    const learnt = metric && reports.length > 0 && model.kernels > 1
    return learnt ? [{ name: model.name, metric: metric.mean, reports }] : []
  })
  if (dynamic.length === 0) return []
  const { cue } = study.experiment
  const figures = figuresOf(study)
  const title = { en: 'What attention looks at', zh: '注意力在看什么' }
  const how = {
    en: 'share of its variance that is explained, by layer; then the metric with the attention of other images, and with its mean (a static network)',
    zh: '逐层列出其方差中能被解释的比例；再列出换用别的图像的注意力时的指标，以及改用平均注意力（等于静态网络）时的指标',
  }
  const dim = (text: Text) => style.colors.dim(style.say(text))
  const first = dynamic[0]?.reports[0] as AttentionReport
  const head = [
    dim({ en: 'model', zh: '模型' }),
    ...(first.byCue && cue
      ? [dim({ en: `by ${cueNames[cue].en}`, zh: `由${cueNames[cue].zh}` })]
      : []),
    ...(first.byClass ? [dim({ en: 'by class', zh: '由类别' })] : []),
    dim(figures.name),
    dim({ en: 'shuffled', zh: '打乱' }),
    dim({ en: 'mean', zh: '取平均' }),
  ]
  const rows = dynamic.map(({ name, metric, reports }): Row => {
    const shares = (pick: (report: AttentionReport) => readonly number[] | undefined) =>
      itemMeans(reports.map((report) => pick(report) ?? []))
        .map((share) => share.toFixed(2))
        .join(' ')
    const mean = (pick: (report: AttentionReport) => number) =>
      figures.value(reports.reduce((sum, report) => sum + pick(report), 0) / reports.length)
    return [
      style.colors.cyan(name),
      ...(first.byCue ? [shares(({ byCue }) => byCue)] : []),
      ...(first.byClass ? [shares(({ byClass }) => byClass)] : []),
      figures.value(metric),
      mean(({ shuffled }) => shuffled),
      mean(({ mean }) => mean),
    ]
  })
  const aligns = head.map((_, at) => (at === 0 ? 'left' : 'right') as 'left' | 'right')
  return [
    ...heading(title, how, style),
    ...indent(columns([head, ...rows], aligns), '  '),
    ...(cue ? perCue(study, cue, style) : []),
  ]
}

/** Accuracy by value of the cue, of models whose attention was looked at. */
function perCue(study: Study, cue: Cue, style: Style): string[] {
  const figures = figuresOf(study)
  const reports = study.models.flatMap(({ model, runs }) => {
    const accuracies = itemMeans(
      runs.map(({ attention }) =>
        (attention?.perCue ?? []).flatMap(({ accuracy }) => accuracy ?? []),
      ),
    )
    return accuracies.length > 0 ? [{ name: model.name, accuracies }] : []
  })
  if (reports.length === 0) return []
  const title = style.say({
    en: `${figures.name.en} by ${cueNames[cue].en}`,
    zh: `按${cueNames[cue].zh}分的${figures.name.zh}`,
  })
  const head = [title, ...valuesOf(cue, study.experiment).map((value) => style.say(value))]
  const rows = reports.map(({ name, accuracies }) => [
    style.colors.cyan(name),
    ...accuracies.map((value) => figures.value(value)),
  ])
  const table = columns(
    [head.map((word) => style.colors.dim(word)), ...rows],
    head.map((_, at) => (at === 0 ? 'left' : 'right') as 'left' | 'right'),
  )
  return ['', ...indent(table, '  ')]
}

/** What the values of a cue are called. */
function valuesOf(cue: Cue, { train }: Experiment): readonly Text[] {
  const numbered = (values: readonly number[]) =>
    values.map((value) => ({ en: String(value), zh: String(value) }))
  switch (cue) {
    case 'scale':
      return numbered(train.kind === 'glyphs' ? train.scales : [])
    case 'turns':
      return numbered([0, 1, 2, 3])
    case 'polarity':
      return [
        { en: 'as drawn', zh: '原样' },
        { en: 'inverted', zh: '反色' },
      ]
    case 'filter':
      return numbered([0, 1, 2, 3])
    default:
      return cue satisfies never
  }
}
