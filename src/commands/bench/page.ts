// A benchmark as tables with bars: the longer, the faster.
import { grouped, percentText } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import type { Style } from '../../show/style.ts'
import {
  columns,
  indent,
  paragraph,
  type Row as TableRow,
  widthOf,
} from '../../show/text/layout.ts'
import { bar } from '../../show/text/pictures.ts'
import { type BenchEntry, type BenchReport, type BenchRow, entryName } from './report.ts'

/** The whole page, ending in a line break. */
export function renderBench(report: BenchReport, style: Style): string {
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
  { id, title, command, flops, entries }: BenchRow,
  peak: number,
  style: Style,
): string[] {
  const fastest = Math.max(...entries.map(({ gflops }) => gflops))
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
  const bars = entries.map(({ gflops }) => bar(gflops / fastest, room, style.symbols))
  const drawn =
    room < 6
      ? table
      : table.map((line, at) => {
          const painted = at === 0 ? '' : style.colors.cyan(bars[at - 1] ?? '')
          return `${line}${' '.repeat(width - widthOf(line) + 2)}${painted}`.trimEnd()
        })
  const words = `${id}  ${style.say(title)}`
  const mega = flops.layer / 1e6
  const work = `${grouped(mega < 100 ? Math.round(10 * mega) / 10 : Math.round(mega))} MFLOP`
  return [
    `${style.colors.bold(words)}   ${style.colors.dim(work)}`,
    ...indent(
      paragraph(`convlab ${command}`, style.columns - 2, '  ').map((line) =>
        style.colors.dim(line),
      ),
      '  ',
    ),
    ...indent(drawn, '  '),
  ]
}

function entryCells(entry: BenchEntry, peak: number, style: Style): string[] {
  const { spread, gflops, ratio, agrees } = entry
  const name = entryName(entry)
  return [
    agrees ? name : style.colors.red(`${name} ≠`),
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

/** What the page's names and figures mean, a paragraph each. */
function explained({ peak, runs, threads, rows }: BenchReport, style: Style): string[] {
  const agree = rows.every(({ entries }) => entries.every(({ agrees }) => agrees))
  const most = `${peak.toFixed(1)} GFLOP/s`
  const texts: Text[] = [
    {
      en: `${runs === 1 ? 'One process' : `Medians of ${runs} processes`} each, in turn, on the same numbers; ${threads === 1 ? 'one thread' : `${threads} threads`}. ${agree ? "All results agree with convlab's." : "≠: another result than convlab's."}`,
      zh: `每家 ${runs} 个进程${runs === 1 ? '' : '的中位数'}，轮流运行，数据相同，${threads === 1 ? '单线程' : `${threads} 个线程`}。${agree ? '所有结果都与 convlab 一致。' : '≠：结果与 convlab 不同。'}`,
    },
    {
      en: 'name alone: a forward pass of the layer, checks included; plans, packed kernels and the memory of results stay from run to run.',
      zh: '只写库名：整层的前向计算，含各项检查；计算方案、排好的卷积核和存放结果的内存各次共用。',
    },
    {
      en: 'conv2d: its convolution alone, on the kernels that the layer has mixed; ops.conv2d in convlab, F.conv2d in PyTorch.',
      zh: 'conv2d：只算其中的卷积，卷积核已由该层聚合好；convlab 用 ops.conv2d，PyTorch 用 F.conv2d。',
    },
    { en: "ratio: time over convlab's for the same.", zh: '倍数：与 convlab 同一项的用时之比。' },
    {
      en: `GFLOP/s, also drawn: a multiplication and an addition count as two, as the definition needs them. A method that does fewer can pass the peak, ${most} of one core in WebAssembly.`,
      zh: `GFLOP/s（条形所示）：按定义所需计，一次乘法、一次加法算两次。运算更少的算法可以超过峰值，即一个核心在 WebAssembly 里的 ${most}。`,
    },
  ]
  return texts.flatMap((text) => paragraph(style.say(text), style.columns, '  '))
}
