// Where attention, mixing and scaling start to matter beside the convolution.
import { percentText } from '../../base/format.ts'
import { NONE, type Text } from '../../base/text.ts'
import type { ComparedLayer } from '../../run/compare.ts'
import { FARTHEST, limits } from '../../run/overhead.ts'
import type { Style } from '../../show/style.ts'
import { columns, indent, paragraph, type Row } from '../../show/text/layout.ts'

export function overheadLines(compared: readonly ComparedLayer[], style: Style): string[] {
  const { say, colors } = style
  const scans = compared.flatMap(({ trace, overhead }) =>
    overhead ? [{ layer: trace.layer, ...overhead }] : [],
  )
  const [one] = scans
  if (one === undefined) return []
  const title: Text = {
    en: 'How much comes on top of the convolution, and what it depends on',
    zh: '卷积之外多出多少计算，取决于什么',
  }
  const percents = limits.map(percentText)
  const times = one.channels.filter(({ times }) => times > 1).map(({ times }) => `C x${times}`)
  const heads: Text[] = [
    { en: '', zh: '' },
    { en: 'now', zh: '现在' },
    ...percents.map((limit) => ({ en: `K for ${limit}`, zh: `K 到 ${limit}` })),
    ...percents.map((limit) => ({ en: `size <${limit}`, zh: `尺寸 <${limit}` })),
    ...times.map((words) => ({ en: words, zh: words })),
  ]
  const beyond = `>${FARTHEST}`
  const rows = scans.map(
    ({ layer, now, kernels, size, channels }): Row => [
      colors.cyan(layer),
      percentText(now),
      ...limits.map((_, at) => (kernels ? String(kernels[at] ?? beyond) : NONE)),
      ...size.map((n) => (n === undefined ? beyond : `${n}x${n}`)),
      ...channels.filter(({ times }) => times > 1).map(({ overhead }) => percentText(overhead)),
    ],
  )
  const legend: Text = {
    en: `multiply-adds of attention, mixing and scaling over those of the convolution. K for ${percents[0]}: the fewest kernels that reach it; size <${percents[0]}: the smallest input that stays below; C x4: with four times the channels in and out. One thing varies, the rest is as in this run. Mixing costs K kernels once; the convolution pays for every output pixel: large maps hide it, small ones show it.`,
    zh: `注意力、聚合与缩放的乘加，占卷积乘加的比例。“K 到 ${percents[0]}”：达到该比例所需的最少卷积核数；“尺寸 <${percents[0]}”：从多大的输入起低于该比例；“C x4”：输入、输出通道都变为 4 倍。每次只变一项，其余同本次运行。聚合 K 个核只做一次，卷积却要对每个输出像素做一遍：特征图大，开销就显不出来；特征图小，开销就突出。`,
  }
  const right = heads.slice(1).map(() => 'right' as const)
  return [
    colors.bold(say(title)),
    ...indent(
      columns([heads.map((head) => colors.dim(say(head))), ...rows], ['left', ...right]),
      '  ',
    ),
    ...paragraph(colors.dim(say(legend)), style.columns, ''),
  ]
}
