// The claims as a page: each with where it stands, how to test it, the figure and the verdict.
import type { Text } from '../../base/text.ts'
import { type ClaimSource, type Measurement, type Topic, topics } from '../../claims/claim.ts'
import type { JudgedClaim } from '../../claims/index.ts'
import { verdictWords } from '../../show/experiment/comparisons.ts'
import { figuresOf, seedsText } from '../../show/experiment/experiment-figures.ts'
import type { Style } from '../../show/style.ts'
import { columns, flow, indent, paragraph, type Row, widthOf } from '../../show/text/layout.ts'
import type { Verdict } from '../../training/statistics/verdict.ts'

const intro: Text = {
  en: 'What the article says of dynamic convolution, and what is said elsewhere, put to the test. Differences are those of trained models, seed by seed, in percentage points (with the filter experiment R2) with 95 % intervals; a verdict belongs to its seeds. The command under a claim tests it again.',
  zh: '文章对动态卷积的说法，以及别处的说法，逐条检验。差值来自训练好的模型，逐个种子相减，以百分点计（filter 实验为 R2），附 95 % 区间；结论只属于所用的种子。每条下面的命令可以重新检验。',
}

/** The whole page, ending in a line break. */
export function renderClaims(judged: readonly JudgedClaim[], style: Style): string {
  const names = (Object.keys(topics) as Topic[]).filter((topic) =>
    judged.some((claim) => claim.topic === topic),
  )
  const page = [
    style.colors.bold(style.say({ en: 'Claims, and whether they hold', zh: '各种说法，是否成立' })),
    ...paragraph(style.say(intro), style.columns),
    ...names.flatMap((topic) => [
      '',
      style.colors.bold(style.say(topics[topic])),
      ...judged.filter((claim) => claim.topic === topic).flatMap((claim) => lines(claim, style)),
    ]),
    '',
    tally(judged, style),
  ]
  return `${page.join('\n')}\n`
}

function lines(claim: JudgedClaim, style: Style): string[] {
  const { says, source, command, findings, recorded } = claim
  const test = style.colors.cyan(`convlab ${command}`)
  const when = recorded && style.colors.dim(style.say(recordText(recorded)))
  const footing = [style.colors.dim(sourceText(source, style)), test, ...(when ? [when] : [])]
  return [
    ...paragraph(`  ${style.say(says)}`, style.columns, '  '),
    ...indent(findingLines(claim, findings, style), '    '),
    ...indent(flow(footing, style.columns - 4), '    '),
  ]
}

function recordText({ convlab, date, seeds }: NonNullable<JudgedClaim['recorded']>): Text {
  const list = seedsText(seeds)
  return {
    en: `seeds ${list}, convlab ${convlab}, ${date}`,
    zh: `种子 ${list}，convlab ${convlab}，${date}`,
  }
}

function findingLines(
  claim: JudgedClaim,
  findings: readonly Measurement[],
  style: Style,
): string[] {
  const answers = findings.flatMap((finding): Row[] => {
    const { answer, verdict } = finding
    if (answer === undefined || claim.evidence.kind !== 'trained') return []
    const figures = figuresOf(claim.evidence)
    const figure = figures.difference(answer.difference, style)
    const names = `${answer.a} - ${answer.b}`
    return [[style.say(answer.title), names, figure, verdictText(verdict, style)]]
  })
  const texts = findings.flatMap(({ words, verdict }) => {
    if (words === undefined) return []
    const mark = verdictText(verdict, style)
    const by = ' '.repeat(widthOf(mark) + 2)
    return paragraph(`${mark}  ${style.say(words)}`, style.columns - 4, by)
  })
  const table = answers.length > 0 ? columns(answers, ['left', 'left', 'right', 'left']) : []
  return [...texts, ...table]
}

function verdictText(verdict: Verdict, { say, colors }: Style): string {
  const paint = { holds: colors.green, 'does not hold': colors.red, unclear: colors.yellow }
  return paint[verdict](say(verdictWords[verdict]))
}

function sourceText(source: ClaimSource, style: Style): string {
  switch (source.kind) {
    case 'article':
      return style.say({ en: `the article: ${source.quote}`, zh: `文章：“${source.quote}”` })
    case 'paper':
      return `${source.paper.title}, ${source.paper.at}`
    case 'thread': {
      const { repository, number } = source.thread
      return `${repository} #${number}`
    }
    case 'code':
      return style.say({ en: `programs: ${source.code}`, zh: `程序：${source.code}` })
    default:
      return source satisfies never
  }
}

/** How many of each verdict there are. */
function tally(judged: readonly JudgedClaim[], style: Style): string {
  const verdicts = judged.flatMap(({ findings }) => findings.map(({ verdict }) => verdict))
  const counts = (Object.keys(verdictWords) as Verdict[]).map((verdict) => {
    const count = verdicts.filter((each) => each === verdict).length
    const colon = style.say({ en: ': ', zh: '：' })
    return `${style.say(verdictWords[verdict])}${colon}${count}`
  })
  const total = style.say({
    en: `${judged.length} claims, ${verdicts.length} findings. `,
    zh: `共 ${judged.length} 条说法、${verdicts.length} 个结论。`,
  })
  return style.colors.dim(total + counts.join(style.say({ en: ', ', zh: '，' })))
}
