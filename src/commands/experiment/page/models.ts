// The table of models: what each costs, and what it reached.
import { grouped } from '../../../base/format.ts'
import { NONE, type Text } from '../../../base/text.ts'
import { figuresOf, seedsText } from '../../../show/experiment/experiment-figures.ts'
import type { Style } from '../../../show/style.ts'
import { columns, indent, paragraph, type Row } from '../../../show/text/layout.ts'
import type { ModelResult, Study } from '../../../training/statistics/experiment-study.ts'
import { intervalOf } from '../../../training/statistics/interval.ts'

const heads = {
  model: { en: 'model', zh: '模型' },
  parameters: { en: 'parameters', zh: '参数量' },
  multiplyAdds: { en: 'multiply-adds', zh: '乘加次数' },
  theory: { en: 'theory', zh: '理论值' },
} satisfies Record<string, Text>

export function modelTable(study: Study, style: Style): string[] {
  const { experiment, models } = study
  const figures = figuresOf(study)
  const hasTheory = models.some(({ theory }) => theory)
  const dim = (text: Text) => style.colors.dim(style.say(text))
  const sets = experiment.tests.map(({ name, title }, at) => ({
    name,
    head: at === 0 ? figures.name : title,
  }))
  const head = [
    ...[heads.model, heads.parameters, heads.multiplyAdds].map(dim),
    ...sets.map((set) => dim(set.head)),
    ...(hasTheory ? [dim(heads.theory)] : []),
  ]
  const rows = models.map((result): Row => {
    const { model, parameters, multiplyAdds, runs } = result
    return [
      style.colors.cyan(model.name),
      grouped(parameters),
      grouped(multiplyAdds),
      ...sets.map(({ name }) =>
        runs.length === 0
          ? NONE
          : figures.interval(intervalOf(runs.map(({ metrics }) => metrics[name] as number)), style),
      ),
      ...(hasTheory ? [theoryText(result, style)] : []),
    ]
  })
  const aligns = ['left', 'right', 'right', ...sets.map(() => 'right' as const)] as const
  const table = columns([head, ...rows], hasTheory ? [...aligns, 'left'] : aligns)
  return [...indent(table, '  '), '', ...legend(models, style), ...oddities(study, style)]
}

function theoryText({ theory }: ModelResult, style: Style): string {
  if (theory === undefined) return ''
  const mark = theory.met ? style.symbols.check.yes : style.symbols.check.no
  return `${theory.R2.toFixed(2)} ${(theory.met ? style.colors.green : style.colors.red)(mark)}`
}

/** What each name stands for. */
function legend(models: readonly ModelResult[], style: Style): string[] {
  const width = Math.max(...models.map(({ model }) => model.name.length)) + 2
  return models.flatMap(({ model }) =>
    paragraph(
      `  ${model.name.padEnd(width)}${style.say(model.title)}`,
      style.columns,
      ' '.repeat(width + 2),
    ).map((line) => style.colors.dim(line)),
  )
}

/** Seeds that stand out, and models whose runs are not all there. */
function oddities(study: Study, style: Style): string[] {
  const figures = figuresOf(study)
  const lines = study.models.flatMap(({ model, collapsed, metric, runs }): Text[] => {
    const median = metric && figures.value(metric.median)
    return [
      ...collapsed.map((seed) => ({
        en: `${model.name}: seed ${seed} collapsed; it is counted. The median is ${median}.`,
        zh: `${model.name}：种子 ${seed} 没有学会，仍计入；中位数为 ${median}。`,
      })),
      ...(study.partial && runs.length < study.seeds.length
        ? [
            {
              en: `${model.name}: ${runs.length} of ${study.seeds.length} runs are finished${runs.length > 0 ? `, seeds ${seedsText(runs.map(({ seed }) => seed))}` : ''}`,
              zh: `${model.name}：${study.seeds.length} 次训练完成了 ${runs.length} 次${runs.length > 0 ? `，种子 ${seedsText(runs.map(({ seed }) => seed))}` : ''}`,
            },
          ]
        : []),
    ]
  })
  const told = lines.flatMap((text) => paragraph(`  ${style.say(text)}`, style.columns, '  '))
  return told.length > 0 ? ['', ...told] : []
}
