// A benchmark as tables with bars: the shorter, the faster.
import type { Entry, Report, Row } from '../../bench/report.ts'
import { decimal, grouped, percentText } from '../format.ts'
import type { Style } from '../style.ts'
import { columns, indent, paragraph, type Row as TableRow, widthOf } from './layout.ts'
import { bar } from './pictures.ts'

/** The whole page, ending in a line break. */
export function renderBench(report: Report, style: Style): string {
  const { rows, peak, missing } = report
  const lines = [
    ...rows.flatMap((row) => [...rowLines(row, peak, style), '']),
    ...explained(report, style),
    ...missing.flatMap(({ name, install }) =>
      paragraph(`${name}: ${style.say(install)}`, style.columns, '  '),
    ),
  ]
  return `${lines.join('\n')}\n`
}

function rowLines(
  { id, title, command, flops, entries }: Row,
  peak: number,
  style: Style,
): string[] {
  const longest = Math.max(...entries.map(({ spread }) => spread.median))
  const head = style.say({
    en: ['', 'ms', 'least … most', 'GFLOP/s', 'of peak', 'ratio'].join('\n'),
    zh: ['', '毫秒', '最短 … 最长', 'GFLOP/s', '占峰值', '倍数'].join('\n'),
  })
  const cells = [
    head.split('\n').map((word) => style.colors.dim(word)),
    ...entries.map((entry) => entryCells(entry, peak, style)),
  ]
  const aligns = ['left', 'right', 'right', 'right', 'right', 'right'] as const
  const table = columns(cells as TableRow[], aligns)
  const width = Math.max(...table.map(widthOf))
  const room = style.columns - width - 4
  const bars = entries.map(({ spread }) => bar(spread.median / longest, room, style.symbols))
  const drawn =
    room < 6
      ? table
      : table.map((line, at) => {
          const painted = at === 0 ? '' : style.colors.cyan(bars[at - 1] ?? '')
          return `${line}${' '.repeat(width - widthOf(line) + 2)}${painted}`.trimEnd()
        })
  const words = `${id}  ${style.say(title)}`
  const work = style.say({
    en: `${grouped(Math.round(flops / 1e5) / 10)} MFLOP`,
    zh: `${grouped(Math.round(flops / 1e5) / 10)} MFLOP`,
  })
  return [
    `${style.colors.bold(words)}   ${style.colors.dim(work)}`,
    ...indent(
      paragraph(`convlab ${command}`, style.columns - 2, '  ').map((line) =>
        style.colors.dim(line),
      ),
      '  ',
    ),
    ...indent(drawn, '  '),
    ...indent(
      entries.filter(({ agrees }) => !agrees).map((entry) => differing(entry, style)),
      '  ',
    ),
  ]
}

function entryCells({ name, spread, gflops, ratio }: Entry, peak: number, style: Style): string[] {
  return [
    name,
    time(spread.median),
    style.plain(`${time(spread.least)} … ${time(spread.most)}`),
    gflops.toFixed(1),
    percentText(gflops / peak),
    ratio.toFixed(2),
  ]
}

/** Three digits at least. */
function time(ms: number): string {
  return ms < 1 ? ms.toFixed(4) : ms.toFixed(ms < 10 ? 2 : 1)
}

function differing({ name, difference }: Entry, style: Style): string {
  return style.colors.red(
    style.say({
      en: `${name} has another result: up to ${decimal(difference)} apart`,
      zh: `${name} 的结果不同：最多相差 ${decimal(difference)}`,
    }),
  )
}

function explained({ peak, runs, threads }: Report, style: Style): string[] {
  const shown = peak.toFixed(1)
  return paragraph(
    style.say({
      en: `Medians of ${runs} processes each, all in turn on the same numbers, ${threads === 1 ? 'one thread' : `${threads} threads (convlab one)`}; the results agree unless a line says otherwise. GFLOP/s count a multiplication and an addition as two, as the definition needs them: a method that does fewer can pass the peak, ${shown} GFLOP/s of one core in WebAssembly. Ratio: time over convlab's.`,
      zh: `每家 ${runs} 个进程的中位数，轮流运行，数据相同，${threads === 1 ? '单线程' : `${threads} 个线程（convlab 为一个）`}；若无另行说明，结果一致。GFLOP/s 按定义所需计：一次乘法、一次加法算两次；运算更少的算法可以超过峰值，即一个核心在 WebAssembly 里的 ${shown} GFLOP/s。倍数：用时与 convlab 之比。`,
    }),
    style.columns,
  )
}
