// How training went: the loss and the attention's entropy, epoch by epoch, averaged over seeds.
import type { Text } from '../../../base/text.ts'
import { heading } from '../../../show/experiment/heading.ts'
import type { Style } from '../../../show/style.ts'
import { indent, widthOf } from '../../../show/text/layout.ts'
import type { ModelResult, Study } from '../../../training/statistics/experiment-study.ts'
import { itemMeans } from '../../../training/statistics/means.ts'

export function curves(study: Study, style: Style): string[] {
  const trained = study.models.filter(({ runs }) => runs.length > 0)
  if (trained.length === 0) return []
  return [...lossCurves(trained, style), ...entropyCurves(trained, style)]
}

interface Curve {
  readonly name: string
  readonly values: readonly number[]
}

function lossCurves(models: readonly ModelResult[], style: Style): string[] {
  const lines = models.map(({ model, runs }) => ({
    name: model.name,
    values: itemMeans(runs.map(({ losses }) => losses)),
  }))
  const top = Math.max(...lines.flatMap(({ values }) => values))
  const title = { en: 'Loss', zh: '损失' }
  const how = {
    en: `mean of every epoch, from 0 to ${top.toFixed(2)}`,
    zh: `每轮的均值，纵轴从 0 到 ${top.toFixed(2)}`,
  }
  return section(title, how, lines, top, style)
}

function entropyCurves(models: readonly ModelResult[], style: Style): string[] {
  const lines = models.flatMap(({ model, runs }): Curve[] => {
    const layers = runs[0]?.entropy?.[0]?.length ?? 0
    return Array.from({ length: layers }, (_, layer) => ({
      name: layers === 1 ? model.name : `${model.name} ${layer + 1}`,
      values: itemMeans(
        runs.map(({ entropy = [] }) => entropy.map((each) => each[layer] as number)),
      ).map((value) => value / Math.log(model.kernels)),
    })).filter(() => model.kernels > 1)
  })
  if (lines.length === 0) return []
  const title = { en: 'Entropy of the attention', zh: '注意力的熵' }
  const how = {
    en: 'by layer, over ln K: 1 is uniform, 0 picks one kernel',
    zh: '逐层，除以 ln K：1 表示均匀，0 表示只选一个卷积核',
  }
  return ['', ...section(title, how, lines, 1, style)]
}

function section(
  title: Text,
  how: Text,
  lines: readonly Curve[],
  top: number,
  style: Style,
): string[] {
  const names = Math.max(...lines.map(({ name }) => widthOf(name)))
  const longest = Math.max(...lines.map(({ values }) => values.length))
  const room = style.columns - names - 24
  const cells = Math.max(1, Math.min(3, Math.floor(room / longest)))
  return [
    ...heading(title, how, style),
    ...indent(
      lines.map(({ name, values }) => {
        const drawn = values.map((value) => column(value / top, style).repeat(cells)).join('')
        const [first = 0] = values
        const ends = style.plain(`${first.toFixed(3)} → ${(values.at(-1) as number).toFixed(3)}`)
        return `${name.padEnd(names)}  ${style.colors.cyan(drawn)}  ${ends}`
      }),
      '  ',
    ),
  ]
}

function column(part: number, { symbols }: Style): string {
  const heights = symbols.column
  const at = Math.floor(part * heights.length)
  return heights[Math.max(0, Math.min(heights.length - 1, Number.isNaN(at) ? 0 : at))] as string
}
