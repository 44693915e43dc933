// A sweep as a page: a row for every value, then the verdict.
import { decimal, grouped } from '../../base/format.ts'
import { NONE } from '../../base/text.ts'
import type { Style } from '../../show/style.ts'
import {
  columns,
  flow,
  indent,
  type Row as Line,
  paragraph,
  widthOf,
} from '../../show/text/layout.ts'
import { bar } from '../../show/text/pictures.ts'
import type { Finding, SweepColumn, SweepResult, SweepRow } from './sweep.ts'

/** More samples than this are counted, not shown. */
const MOST = 16
/** More weights than this have no picture: nobody reads it. */
const PICTURED = 8
/** Cells of a bar or an axis, where the page has room. */
const CELLS = 16
/** Weights stand in lines at least this wide: two of them. */
const NARROWEST = 15

/** The whole page, ending in a line break. */
export function renderSweep(result: SweepResult, style: Style): string {
  const { findings } = result
  return [
    ...head(result, style),
    '',
    ...indent(table(result, style), '  '),
    '',
    style.colors.bold(style.say({ en: 'Verdict', zh: '结论' })),
    ...findings.flatMap((finding) => findingLines(finding, style)),
    '',
  ].join('\n')
}

function head({ command, title, seed, input }: SweepResult, style: Style): string[] {
  const size = input.size.join('x')
  return flow(
    [
      style.colors.bold(`convlab ${command}`),
      style.say(title),
      style.colors.dim(
        style.say({
          en: `input ${input.source} ${size}, seed ${seed}`,
          zh: `输入 ${input.source} ${size}，种子 ${seed}`,
        }),
      ),
    ],
    style.columns,
  )
}

/** A line a sample where a row has several, else a line a row. */
function table({ columns: all, rows }: SweepResult, style: Style): string[] {
  const weights = all.find(({ kind }) => kind === 'weights')
  const others = all.filter(({ kind }) => kind !== 'weights')
  const titles = (column: SweepColumn) => style.colors.dim(style.say(column.title))
  const cells = rows.flatMap((row) => {
    const samples = weights ? (row[weights.id] as number[][]) : [[]]
    const lines = samples.slice(0, MOST).map((_, n) => ({ row, n, more: 0 }))
    const more = samples.length - MOST
    return more > 0 ? [...lines, { row, n: MOST, more }] : lines
  })
  const cellOf = (column: SweepColumn, { row, n, more }: (typeof cells)[number]) =>
    more > 0 ? '' : cell(column, row, n, style)
  const taken = others
    .map((column) =>
      Math.max(...[titles(column), ...cells.map((at) => cellOf(column, at))].map(wide)),
    )
    .reduce((sum, width) => sum + width + 2, 2)
  const pictured = weights ? Math.max(...cells.map(({ row }) => pictureCells(row, weights.id))) : 0
  const room = Math.max(NARROWEST, style.columns - taken - pictured - 4)

  const heading = bottom(
    all.flatMap((column) =>
      column.kind === 'weights'
        ? [...paragraph(titles(column), room).slice(0, 1), ''].slice(0, 2)
        : [titles(column)],
    ),
  )
  const body = cells.map((at): Line => {
    return all.flatMap((column) => {
      if (column.kind !== 'weights') return [cellOf(column, at)]
      if (at.more > 0) return [rest(at.more, style), '']
      const list = (at.row[column.id] as number[][])[at.n] as number[]
      return [weightText(list, room, style), picture(list, style)]
    })
  })
  return columns(
    [heading, ...body],
    all.flatMap(({ kind }) => (kind === 'weights' ? ['left', 'left'] : [alignOf(kind)])),
  )
}

function alignOf(kind: SweepColumn['kind']): 'left' | 'right' {
  return kind === 'share' || kind === 'axis' ? 'left' : 'right'
}

/** Titles of one and of two lines, all standing on the last one. */
function bottom(titles: readonly string[]): string[] {
  const lines = Math.max(...titles.map((title) => title.split('\n').length))
  return titles.map((title) => '\n'.repeat(lines - title.split('\n').length) + title)
}

function cell(column: SweepColumn, row: SweepRow, sample: number, style: Style): string {
  const value = row[column.id] as number | number[]
  const first = sample === 0
  switch (column.kind) {
    case 'value':
      return first ? String(value) : ''
    case 'count':
      return first ? grouped(value as number) : ''
    case 'decimal': {
      const list = [value].flat()
      if (list.length === 1 && !first) return ''
      const measured = list[sample] as number
      return Number.isNaN(measured) ? NONE : decimal(measured, column.digits)
    }
    case 'share': {
      const share = (value as number[])[sample] as number
      return `${share.toFixed(3)} ${style.colors.cyan(bar(share, CELLS, style.symbols))}`
    }
    case 'axis':
      return style.colors.cyan(axis(value as number[], column, CELLS))
    case 'weights':
      return ''
    default:
      return column satisfies never
  }
}

/** All weights, if two lines hold them; else the smallest and the largest. */
function weightText(weights: readonly number[], width: number, style: Style): string {
  const texts = weights.map((weight) => decimal(weight))
  const widest = Math.max(...texts.map(widthOf))
  const lines = flow(
    texts.map((text) => text.padStart(widest)),
    width,
    ' ',
  )
  if (lines.length <= 2) return lines.join('\n')
  const ends = [Math.min(...weights), Math.max(...weights)].map((weight) => decimal(weight))
  return style.plain(ends.join(' … '))
}

/** A column a weight, as high as its part of the largest possible one, 1. */
function picture(weights: readonly number[], { symbols, colors }: Style): string {
  if (weights.length > PICTURED) return ''
  const heights = symbols.column
  const shown = weights.map(
    (weight) => heights[Math.min(heights.length - 1, Math.floor(weight * heights.length))],
  )
  return colors.cyan(shown.join(''))
}

/** Every mark at its place between 0 and the end; marks that meet are one star. */
function axis(
  values: readonly number[],
  { marks, end }: Extract<SweepColumn, { kind: 'axis' }>,
  cells: number,
): string {
  const line = new Array<string>(cells).fill('.')
  for (const [at, value] of values.entries()) {
    const place = Math.min(cells - 1, Math.floor((value / end) * cells))
    line[place] = line[place] === '.' ? (marks[at] as string) : '*'
  }
  return line.join('')
}

function pictureCells(row: SweepRow, id: string): number {
  const [first = []] = row[id] as number[][]
  return first.length > PICTURED ? 0 : first.length
}

function rest(more: number, style: Style): string {
  return style.say({ en: `… ${more} more (--json)`, zh: `… 另有 ${more} 个（--json）` })
}

function findingLines({ text, try: next }: Finding, style: Style): string[] {
  const lines = paragraph(style.say(text), style.columns - 4)
  const see = next && style.say({ en: `see: convlab ${next}`, zh: `试试：convlab ${next}` })
  const tries = see
    ? paragraph(see, style.columns - 4, '  ').map((line) => style.colors.dim(line))
    : []
  return [...lines, ...tries].map((line, at) => (at === 0 ? `  - ${line}` : `    ${line}`))
}

function wide(text: string): number {
  return Math.max(...text.split('\n').map(widthOf))
}
