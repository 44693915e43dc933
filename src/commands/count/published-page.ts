// Published figures, each beside what convlab counts.
import { grouped } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import { ordinary } from '../../layers/index.ts'
import type { CheckedRow, FigureCheck } from '../../networks/check-published.ts'
import { networks } from '../../networks/networks.ts'
import { type SourceName, sources } from '../../networks/published.ts'
import type { Style } from '../../show/style.ts'
import { columns, paragraph, type Row } from '../../show/text/layout.ts'

/** The whole page, ending in a line break. */
export function renderPublished(rows: readonly CheckedRow[], style: Style): string {
  const names = Object.keys(sources) as SourceName[]
  const intro: Text = {
    en: 'What papers print, and what convlab counts from the architecture at 224x224: = is equal to the digits printed, ≠ is not. Top-1 accuracies are theirs; convlab measures none.',
    zh: '左边是论文里印的数字，右边是 convlab 按网络结构在 224x224 下数出来的：= 表示与所印的位数相同，≠ 表示不同。top-1 准确率是他们公布的，convlab 没有测。',
  }
  return [
    style.colors.bold(style.say({ en: 'Published numbers', zh: '论文里的数字' })),
    ...paragraph(style.say(intro), style.columns, ''),
    ...names.flatMap((name) => [
      '',
      ...section(
        name,
        rows.filter(({ row }) => row.source === name),
        style,
      ),
    ]),
    '',
  ].join('\n')
}

function section(name: SourceName, rows: readonly CheckedRow[], style: Style): string[] {
  const { say, colors } = style
  const source = sources[name]
  const second: Text = {
    en: "second-hand: from another account of the paper's tables",
    zh: '二手数据：转引自他人对论文表格的转述',
  }
  const notes: string[] = []
  const body = rows.flatMap((row, at) => [
    ...(sameNetwork(row, rows[at - 1]) ? [] : [{ across: colors.cyan(networkTitle(row, style)) }]),
    figures(row, notes, style),
  ])
  return [
    `${colors.bold(source.title)}   ${colors.dim(source.at)}`,
    ...('secondHand' in source ? [say(second)] : []),
    say(tally(rows)),
    ...columns([headings(style), ...body], aligns),
    ...notes.flatMap((note, at) => paragraph(`  [${at + 1}] ${note}`, style.columns, '      ')),
  ]
}

const aligns = ['left', 'left', ...new Array<'right'>(5).fill('right'), 'left', 'right'] as const

function headings({ say, colors }: Style): Row {
  const counted: Text = { en: 'counted', zh: '数得' }
  const words: (Text | undefined)[] = [
    undefined,
    undefined,
    { en: 'params', zh: '参数' },
    counted,
    { en: 'MAdds', zh: '乘加' },
    counted,
    undefined,
    undefined,
    { en: 'top-1', zh: 'top-1' },
  ]
  return words.map((word) => (word ? colors.dim(say(word)) : ''))
}

/** How many figures of each kind come out the same. */
function tally(rows: readonly CheckedRow[]): Text {
  const of = (part: 'parameters' | 'multiplyAdds') => {
    const verdicts = rows.flatMap((row) => row[part] ?? [])
    const equal = verdicts.filter((verdict) => verdict.equal).length
    return { equal, all: verdicts.length }
  }
  const counts = [
    { what: { en: 'parameters', zh: '参数' }, ...of('parameters') },
    { what: { en: 'multiply-adds', zh: '乘加' }, ...of('multiplyAdds') },
  ].filter(({ all }) => all > 0)
  const en = counts.map(({ what, equal, all }) => `${what.en} ${equal} of ${all}`)
  const zh = counts.map(({ what, equal, all }) => `${what.zh} ${all} 个中 ${equal} 个`)
  return { en: `equal: ${en.join(', ')}`, zh: `相同的：${zh.join('，')}` }
}

function sameNetwork({ row }: CheckedRow, before: CheckedRow | undefined): boolean {
  return before?.row.network === row.network && before.row.width === row.width
}

function networkTitle({ row: { network, width, onTop } }: CheckedRow, { say }: Style): string {
  const title = networks[network].title + (width ? ` x${width}` : '')
  return onTop
    ? say({ en: `${title}, more than static`, zh: `${title}，比普通卷积多出的部分` })
    : title
}

/** A row's figures; what there is to say of them goes to the notes, each once. */
function figures(checked: CheckedRow, notes: string[], style: Style): Row {
  const { row, parameters, multiplyAdds } = checked
  const kernels = row.layer === ordinary ? '' : ` ${row.kernels ?? 4}x`
  const numbers = new Set<number>()
  for (const note of [
    parameters && noteOf(parameters, { en: 'parameters', zh: '参数' }, style),
    multiplyAdds && noteOf(multiplyAdds, undefined, style),
  ]) {
    if (!note) continue
    if (!notes.includes(note)) notes.push(note)
    numbers.add(notes.indexOf(note) + 1)
  }
  return [
    '',
    `  ${row.layer}${kernels}`,
    parameters?.printed ?? '',
    parameters ? sign(parameters, style) + grouped(parameters.counted) : '',
    multiplyAdds?.printed ?? '',
    multiplyAdds ? sign(multiplyAdds, style) + multiplyAdds.rounded : '',
    multiplyAdds && !multiplyAdds.equal ? percent(multiplyAdds.difference) : '',
    numbers.size > 0 ? `[${[...numbers].join(',')}]` : '',
    row.top1 ?? '',
  ]
}

function sign({ equal }: FigureCheck, { plain, colors }: Style): string {
  return equal ? '= ' : colors.yellow(plain('≠ '))
}

function percent(difference: number): string {
  return `${difference < 0 ? '' : '+'}${(100 * difference).toFixed(1)} %`
}

/** Why a figure differs, and what other ways of counting give; `what` opens with the difference. */
function noteOf(
  { equal, cut, reason, otherwise, printed, difference }: FigureCheck,
  what: Text | undefined,
  { say }: Style,
): string {
  const parts: (Text | undefined)[] = [
    !equal && what
      ? {
          en: `${what.en} ${percent(difference)}`,
          zh: `${what.zh} ${percent(difference)}`,
        }
      : undefined,
    reason,
    cut
      ? {
          en: `${printed} if the digits are cut off instead of rounded`,
          zh: `若截去尾数而不四舍五入，就是 ${printed}`,
        }
      : undefined,
    ...otherwise.map(({ words, counted, rounded, equal }) => ({
      en: `${words.en} ${rounded}${equal ? ', equal' : ''} (${grouped(counted)})`,
      zh: `${words.zh}为 ${rounded}${equal ? '，相同' : ''}（${grouped(counted)}）`,
    })),
  ]
  return parts.flatMap((part) => (part ? say(part) : [])).join(say({ en: '; ', zh: '；' }))
}
