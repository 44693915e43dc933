// A network's count: block by block, what it costs and what for.
import { comparedTo, grouped } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import { layers, ordinary } from '../../layers/index.ts'
import { conventionOf } from '../../networks/convention.ts'
import {
  type Count,
  type CountPart,
  type CountRow,
  countParts,
  type Tally,
} from '../../networks/count-network.ts'
import { groupsOf, partName } from '../../networks/groups.ts'
import type { Style } from '../../show/style.ts'
import { columns, indent, paragraph, type Row, widthOf } from '../../show/text/layout.ts'

const partWords: Readonly<Record<CountPart, { readonly long: Text; readonly short: Text }>> = {
  convolution: {
    long: { en: 'convolution', zh: '卷积' },
    short: { en: 'conv.', zh: '卷积' },
  },
  attention: {
    long: { en: 'attention', zh: '注意力' },
    short: { en: 'attn.', zh: '注意力' },
  },
  aggregation: {
    long: { en: 'aggregation', zh: '聚合' },
    short: { en: 'aggr.', zh: '聚合' },
  },
  other: {
    long: { en: 'other', zh: '其他' },
    short: { en: 'other', zh: '其他' },
  },
}

/**
 * The whole page, ending in a line break.
 * @param baseline the same network with ordinary convolutions, if it is another
 */
export function renderCount(count: Count, baseline: Count | undefined, style: Style): string {
  const { network, layer, kernels, width, size } = count.plan
  const { colors, say } = style
  const what = [
    width === 1 ? network.title : `${network.title} x${width}`,
    'kernels' in layers[layer].options ? `${layer}, K = ${kernels}` : layer,
    size.join('x'),
  ]
  return [
    `${colors.bold(what[0] as string)}   ${what.slice(1).join('   ')}`,
    colors.dim(network.source),
    '',
    ...table(count, style),
    '',
    ...totals(count, baseline, style),
    '',
    say({ en: 'What was counted', zh: '计数口径' }),
    ...conventionOf(count).flatMap((text) => paragraph(`- ${say(text)}`, style.columns, '  ')),
    '',
    ...paragraph(colors.dim(say(further)), style.columns, ''),
    '',
  ].join('\n')
}

const further: Text = {
  en: 'Every layer exactly: --json   Beside the papers: convlab count --published',
  zh: '逐层精确数字：--json   与论文对照：convlab count --published',
}

/** Numbers from such a limit on are shown in millions; the first limit that fits the page is taken. */
const limits = [Number.POSITIVE_INFINITY, 1e6, 1e5]

function table(count: Count, style: Style): string[] {
  const { layer } = count.plan
  const fits = (lines: readonly string[]) => lines.every((line) => widthOf(line) <= style.columns)
  const tables = limits.map((limit) => tableUpTo(limit, count, style))
  const star: Text =
    layer === ordinary ? { en: '', zh: '' } : { en: `; * is ${layer}`, zh: `；* 表示 ${layer}` }
  const legend: Text = {
    en: `a block's line is the sum of its parts, and of two blocks where it says x2; the parts below are those of one block; k/s is kernel/stride${star.en}`,
    zh: `块所在行是其各部分之和，标有 x2 的是两块合计；下面缩进的是其中一块的各部分；3x3/2 是 3x3 卷积核、步长 2${star.zh}`,
  }
  return [
    ...(tables.find(fits) ?? (tables.at(-1) as string[])),
    '',
    ...paragraph(style.colors.dim(style.say(legend)), style.columns, ''),
  ]
}

function tableUpTo(limit: number, count: Count, { say, colors, plain }: Style): string[] {
  const shown = countParts.filter((part) => count.totals.split[part].multiplyAdds > 0)
  const head = [
    { en: 'block', zh: '块' },
    { en: 'k/s', zh: '核/步' },
    { en: 'channels', zh: '通道' },
    { en: 'out', zh: '输出' },
    { en: 'params', zh: '参数' },
    ...shown.map((part) => partWords[part].short),
  ].map((text) => colors.dim(say(text)))
  const numbers = ({ parameters, split }: Tally) =>
    [parameters, ...shown.map((part) => split[part].multiplyAdds)].map((value) =>
      brief(value, limit),
    )
  const body = groupsOf(count).flatMap(({ place, repeats, rows, total }): Row[] => {
    const cells = (row: CountRow) => [...shapeCells(row).map(plain), ...numbers(row)]
    if (place === undefined)
      return rows.map((row) => [colors.cyan(row.unit.name) + starOf(row), ...cells(row)])
    const { stage, first, last } = place
    const blocks = colors.cyan(first === last ? `${stage}.${first}` : `${stage}.${first}-${last}`)
    return [
      [repeats > 1 ? `${blocks} x${repeats}` : blocks, '', '', '', ...numbers(total)],
      ...rows.map((row) => [`  ${partName(row)}${starOf(row)}`, ...cells(row)]),
    ]
  })
  const right = ['right', ...shown.map(() => 'right' as const)] as const
  return columns([head, ...body], ['left', 'left', 'left', 'left', ...right])
}

/** Marks what is not an ordinary convolution. */
function starOf({ layer }: CountRow): string {
  return layer && layer !== ordinary ? '*' : ''
}

/** Kernel, channels and output size. */
function shapeCells({ unit }: CountRow): [string, string, string] {
  switch (unit.kind) {
    case 'convolution': {
      const { kernelSize, stride, in: channels, out } = unit.geometry
      const step = stride[0] === 1 ? '' : `/${stride[0]}`
      return [kernelSize.join('x') + step, `${channels}→${out}`, unit.outputSize.join('x')]
    }
    case 'linear':
      return ['', `${unit.in}→${unit.out}`, '']
    case 'squeeze-excitation':
      return ['', `${unit.channels}→${unit.squeezed}`, '']
    case 'pool':
      return [unit.inputSize.join('x'), String(unit.channels), '1x1']
    default:
      return unit satisfies never
  }
}

/** Exact below the limit, else in millions; nothing is a point. */
function brief(value: number, limit: number): string {
  if (value === 0) return '.'
  if (value < limit) return grouped(value)
  return `${(value / 1e6).toFixed(value < 1e8 ? 2 : 1)}M`
}

function totals(count: Count, baseline: Count | undefined, style: Style): string[] {
  const { say, colors } = style
  const { totals } = count
  const share = (value: number) => `${((100 * value) / totals.multiplyAdds).toFixed(1)} %`
  const head = ['', { en: 'parameters', zh: '参数' }, { en: 'multiply-adds', zh: '乘加' }].map(
    (text) => (typeof text === 'string' ? text : colors.dim(say(text))),
  )
  const rows: Row[] = countParts.map((part) => [
    say(partWords[part].long),
    grouped(totals.split[part].parameters),
    grouped(totals.split[part].multiplyAdds),
    share(totals.split[part].multiplyAdds),
  ])
  const whole = [grouped(totals.parameters), grouped(totals.multiplyAdds)]
  const sum: Row = [say({ en: 'in all', zh: '合计' }), ...whole].map((cell) => colors.bold(cell))
  const versus: Row[] = baseline
    ? [
        [ordinary, grouped(baseline.totals.parameters), grouped(baseline.totals.multiplyAdds), ''],
        [
          say({ en: 'against it', zh: '相比' }),
          comparedTo(totals.parameters, baseline.totals.parameters),
          comparedTo(totals.multiplyAdds, baseline.totals.multiplyAdds),
          '',
        ],
      ]
    : []
  const aligned = columns(
    [[...head, ''], ...rows, [...sum, ''], ...versus],
    ['left', 'right', 'right', 'right'],
  )
  return indent(aligned, '  ')
}
