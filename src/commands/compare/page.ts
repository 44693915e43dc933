// Layers side by side: a column a layer, then their attention, the article's claims, and where
// the work on top of the convolution starts to matter.
import { byteText, decimal, grouped } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import type { ArticleClaim } from '../../claims/article-claims.ts'
import type { ComparedLayer } from '../../run/compare.ts'
import type { Style } from '../../show/style.ts'
import { columns, flow, indent, paragraph, type Row, widthOf } from '../../show/text/layout.ts'
import type { CostPart } from '../../trace/parts.ts'
import { claimLines } from './article-claims-page.ts'
import { overheadLines } from './overhead-page.ts'

/** The whole page, ending in a line break. */
export function renderCompare(
  compared: readonly ComparedLayer[],
  claims: readonly ArticleClaim[],
  style: Style,
): string {
  return [
    ...head(compared, style),
    '',
    ...sideBySide(compared, style),
    '',
    ...attention(compared, style),
    ...claimLines(claims, style),
    ...overheadLines(compared, style),
    '',
  ].join('\n')
}

function head(compared: readonly ComparedLayer[], style: Style): string[] {
  const { say, colors, plain } = style
  const { trace } = compared[0] as ComparedLayer
  const shared = trace.brief.filter((part) =>
    compared.every((column) => column.trace.brief.some(({ en }) => en === part.en)),
  )
  const comma = say({ en: ',', zh: '，' })
  const parts = shared.map((part, at) => say(part) + (shared[at + 1] ? comma : ''))
  const { source, shape } = trace.input
  return [
    colors.bold(say({ en: 'Side by side', zh: '并排比较' })),
    ...indent(flow(parts, style.columns - 2, say({ en: ' ', zh: '' })), '  '),
    plain(
      say({
        en: `  the same input for all: ${source} [${shape.join(', ')}], seed ${trace.seed}`,
        zh: `  输入都相同：${source} [${shape.join(', ')}]，种子 ${trace.seed}`,
      }),
    ),
  ]
}

const lineWords: Readonly<Record<CostPart, Text>> = {
  convolution: { en: 'convolution', zh: '卷积' },
  attention: { en: 'attention', zh: '注意力' },
  aggregation: { en: 'aggregation', zh: '聚合' },
  scaling: { en: 'scaling', zh: '缩放' },
}

/** What there is to compare, a row each: its name and its cell. Rows without any value are left out. */
function rowsOf(compared: readonly ComparedLayer[], { say }: Style): [string, string[]][] {
  const ids = Object.keys(lineWords) as CostPart[]
  const each = (
    words: Text,
    cell: (column: ComparedLayer) => string | undefined,
  ): [string, string[]] => [say(words), compared.map((column) => cell(column) ?? '.')]
  const work = (id: CostPart) =>
    each({ en: `  ${lineWords[id].en}`, zh: `  ${lineWords[id].zh}` }, ({ trace }) => {
      const line = trace.cost.lines.find((line) => line.id === id)
      return line && grouped(line.multiplyAdds)
    })
  const attended = compared.filter(({ attentions }) => attentions.length > 0)
  const several = (compared[0]?.trace.input.shape[0] ?? 1) > 1
  const widest = ({ attentions }: ComparedLayer, of: 'spread' | 'std') =>
    attentions.length > 0 ? Math.max(...attentions.map((each) => each[of])) : undefined
  return [
    each({ en: 'output shape', zh: '输出形状' }, ({ outputShape }) => outputShape.join('x')),
    each({ en: 'parameters', zh: '参数' }, ({ trace }) => grouped(trace.cost.parameters)),
    each({ en: 'multiply-adds', zh: '乘加（每个样本）' }, ({ trace }) =>
      grouped(trace.cost.multiplyAdds),
    ),
    ...ids.map(work).filter(([, cells]) => cells.some((cell) => cell !== '.')),
    each({ en: 'kernels learnt', zh: '学得的卷积核' }, ({ kernelBytes }) =>
      byteText(kernelBytes.learnt),
    ),
    each({ en: 'kernels in use', zh: '本批所用卷积核' }, ({ kernelBytes }) =>
      byteText(kernelBytes.batch),
    ),
    each({ en: 'time, median', zh: '用时（中位数）' }, ({ timing }) =>
      timing ? `${timing.median.toPrecision(3)} ms` : undefined,
    ),
    ...(attended.length > 0 && several
      ? [
          each({ en: 'samples differ by', zh: '样本间最大差' }, (column) => {
            const value = widest(column, 'spread')
            return value === undefined ? undefined : decimal(value)
          }),
          each({ en: '  their std', zh: '  标准差' }, (column) => {
            const value = widest(column, 'std')
            return value === undefined ? undefined : decimal(value)
          }),
        ]
      : []),
    ...(compared.some(({ attentions }) => attentions.some(({ evenness }) => evenness))
      ? [
          each({ en: 'entropy / ln K', zh: '熵 / ln K' }, ({ attentions }) => {
            const values = attentions.flatMap(({ evenness = [] }) => evenness)
            if (values.length === 0) return undefined
            return (values.reduce((a, b) => a + b) / values.length).toFixed(3)
          }),
        ]
      : []),
  ]
}

/** The table, in as few pieces as the width allows. */
function sideBySide(compared: readonly ComparedLayer[], style: Style): string[] {
  const { say, colors } = style
  const rows = rowsOf(compared, style)
  const names = compared.map(({ trace }) => trace.layer)
  const piece = (from: number, to: number): string[] => {
    const head: Row = ['', ...names.slice(from, to).map((name) => colors.cyan(name))]
    const body = rows.map(([name, cells]): Row => [name, ...cells.slice(from, to)])
    const right = names.slice(from, to).map(() => 'right' as const)
    return indent(columns([head, ...body], ['left', ...right]), '  ')
  }
  const fits = (lines: readonly string[]) => lines.every((line) => widthOf(line) <= style.columns)
  const table: string[] = []
  for (let from = 0; from < names.length; ) {
    let to = names.length
    while (to > from + 1 && !fits(piece(from, to))) to--
    table.push(...(from > 0 ? [''] : []), ...piece(from, to))
    from = to
  }
  const rounds = compared[0]?.timing?.runs
  const legend: Text = {
    en: `kernels in use are those that the batch is convolved with, mixed for every sample${rounds ? `; the times are medians of ${rounds} round${rounds === 1 ? '' : 's'}, all layers in turn, of this program on this machine` : ''}`,
    zh: `本批所用卷积核：为每个样本聚合好、真正用来卷积的核${rounds ? `；用时是各层轮流跑 ${rounds} 轮的中位数，只反映本程序在这台机器上的快慢` : ''}`,
  }
  return [...table, ...paragraph(colors.dim(say(legend)), style.columns, '')]
}

/** More samples and more weights than this are left to --json. */
const MOST_SAMPLES = 4
const MOST_WEIGHTS = 8

function attention(compared: readonly ComparedLayer[], style: Style): string[] {
  const { say, colors, plain } = style
  const lines = compared.flatMap(({ trace, attentions }) =>
    attentions.flatMap(({ step, samples, evenness }) => {
      const evens = evenness && [Math.min(...evenness), Math.max(...evenness)]
      const range = [...new Set(evens?.map((value) => value.toFixed(3)))].join(' … ')
      const note = evens
        ? say({ en: `   entropy / ln K ${range}`, zh: `   熵 / ln K ${range}` })
        : ''
      const rows = samples.slice(0, MOST_SAMPLES).map((row, n) => {
        const weights = Array.from(row.subarray(0, MOST_WEIGHTS), (value) => decimal(value, 3))
        const more = row.length > MOST_WEIGHTS ? ' …' : ''
        return `${say({ en: 'sample', zh: '样本' })} ${n}  ${weights.join('  ')}${plain(more)}`
      })
      const left = samples.length - MOST_SAMPLES
      const rest = say({ en: `… and ${left} more (--json)`, zh: `… 另有 ${left} 个（见 --json）` })
      return [
        `  ${colors.cyan(trace.layer)} ${step}${note}`,
        ...indent(left > 0 ? [...rows, rest] : rows, '    '),
      ]
    }),
  )
  if (lines.length === 0) return []
  const title: Text = { en: 'Attention, a line a sample', zh: '注意力，每个样本一行' }
  return [colors.bold(say(title)), ...lines, '']
}
