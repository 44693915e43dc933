// The article's claims, one by one, with what this run measured and whether they hold.
import { comparedTo, decimal, grouped } from '../../base/format.ts'
import type { Text } from '../../base/text.ts'
import type { ArticleClaim, ArticleEvidence } from '../../claims/article-claims.ts'
import type { Style } from '../../show/style.ts'
import { columns, indent, paragraph, type Row } from '../../show/text/layout.ts'

export function claimLines(claims: readonly ArticleClaim[], style: Style): string[] {
  const { say, colors } = style
  const title: Text = { en: 'What the article says, and this run', zh: '文章的说法与这次运行' }
  return [
    colors.bold(say(title)),
    ...claims.flatMap(({ quote, evidence }, at) => {
      const rows = evidence.map(
        (each): Row => [colors.cyan(each.layer), say(measured(each)), verdict(each, style)],
      )
      const none = say({ en: 'nothing here to hold it against', zh: '这次没有可对照的层' })
      return [
        ...paragraph(`  ${at + 1}. ${say(quote)}`, style.columns, '     '),
        ...indent(rows.length > 0 ? columns(rows, ['left', 'left', 'left']) : [none], '     '),
      ]
    }),
    ...paragraph(`  ${claims.length + 1}. ${say(performance)}`, style.columns, '     '),
    '',
  ]
}

const performance: Text = {
  en: '"Better performance in some tasks" is a matter of training, which no single run shows: for the accuracies that papers report, convlab count --published',
  zh: '“在某些任务中能提供更好的性能”：这取决于训练，单次运行看不出来；论文报告的准确率见 convlab count --published',
}

function verdict(evidence: ArticleEvidence, { say, colors }: Style): string {
  if (evidence.holds === undefined) return ''
  return evidence.holds
    ? colors.green(say({ en: 'holds', zh: '成立' }))
    : colors.yellow(say({ en: 'does not hold', zh: '不成立' }))
}

/** The numbers behind a verdict. */
function measured(evidence: ArticleEvidence): Text {
  if ('parameters' in evidence) {
    const { parameters, ordinary: before } = evidence
    const by = comparedTo(parameters, before)
    return {
      en: `${grouped(parameters)} against ${grouped(before)}, ${by}`,
      zh: `${grouped(parameters)} 对 ${grouped(before)}，${by}`,
    }
  }
  if ('multiplyAdds' in evidence) {
    const { multiplyAdds, ordinary: before, time } = evidence
    const by = comparedTo(multiplyAdds, before)
    const took = time?.toFixed(2)
    return {
      en: `multiply-adds ${by}${took ? `, ${took} times the time` : ''}`,
      zh: `乘加 ${by}${took ? `，用时为 ${took} 倍` : ''}`,
    }
  }
  const { samples, spread, std } = evidence
  if (samples === 1)
    return {
      en: 'one sample has nothing to differ from: try --batch 4',
      zh: '只有一个样本，无从比较：可试 --batch 4',
    }
  return spread > 0
    ? {
        en: `kernels differ by up to ${decimal(spread)}, their std is ${decimal(std)}`,
        zh: `样本之间卷积核最多相差 ${decimal(spread)}（标准差 ${decimal(std)}）`,
      }
    : { en: 'the same kernel for every sample', zh: '所有样本用同一个卷积核' }
}
