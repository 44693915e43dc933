// Question by question: the difference, its interval, and only then the verdict.
import type { Text } from '../../base/text.ts'
import type { TestSet } from '../../training/experiment.ts'
import type { Comparison, Study } from '../../training/statistics/experiment-study.ts'
import type { Verdict } from '../../training/statistics/verdict.ts'
import { trainingNetworks } from '../../training/training-networks.ts'
import type { Style } from '../style.ts'
import { columns, indent, paragraph, type Row } from '../text/layout.ts'
import { figuresOf } from './experiment-figures.ts'
import { heading } from './heading.ts'

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  holds: { en: 'holds', zh: '成立' },
  'does not hold': { en: 'does not hold', zh: '不成立' },
  unclear: { en: 'unclear', zh: '不确定' },
}

export function comparisonTable(study: Study, style: Style): string[] {
  const { comparisons, experiment } = study
  if (comparisons.length === 0) return []
  const figures = figuresOf(study)
  const { margin } = trainingNetworks[experiment.network]
  const size = Number(figures.value(margin))
  const title = { en: 'Does it help?', zh: '有没有用？' }
  const how = {
    en: `differences seed by seed in ${figures.unit.en}, 95 % intervals, margin ${size}`,
    zh: `逐个种子相减，单位：${figures.unit.zh}；95 % 区间；界限 ${size}`,
  }
  const several = experiment.tests.length > 1
  return [
    ...heading(title, how, style),
    ...experiment.tests.flatMap((test) => [
      ...(several ? ['', `  ${style.say(test.title)}`] : []),
      ...tableOf(test, study, style),
    ]),
    '',
    ...notes(study, style),
  ]
}

function tableOf({ name }: TestSet, study: Study, style: Style): string[] {
  const figures = figuresOf(study)
  const rows = study.comparisons
    .filter(({ test }) => test === name)
    .map((each): Row => {
      const { title, a, b, difference } = each
      return [
        style.say(title),
        `${a} - ${b}`,
        figures.difference(difference, style),
        verdictText(each, style),
      ]
    })
  return indent(columns(rows, ['left', 'left', 'right', 'left']), '  ')
}

function verdictText({ difference: { verdict, seedsNeeded } }: Comparison, style: Style): string {
  const paint = {
    holds: style.colors.green,
    'does not hold': style.colors.red,
    unclear: style.colors.yellow,
  }
  const words = paint[verdict](style.say(verdictWords[verdict]))
  if (seedsNeeded === undefined) return words
  const seeds = { en: ` (${seedsNeeded} seeds)`, zh: `（${seedsNeeded} 个种子）` }
  return words + style.colors.dim(style.say(seeds))
}

/** What the intervals mean, and what they do not. */
function notes(study: Study, style: Style): string[] {
  const { comparisons } = study
  const seeds = Math.max(...comparisons.map(({ difference }) => difference.n))
  const unclear = comparisons.filter(({ difference }) => difference.verdict === 'unclear')
  const narrow = unclear.some(({ difference: { seedsNeeded, n } }) => (seedsNeeded ?? n) < n)
  const count = comparisons.length
  const texts: Text[] = [
    {
      en: `${count} ${count === 1 ? 'interval is' : 'intervals are'} shown: about 1 in 20 misses by chance.`,
      zh: `共有 ${count} 个区间：大约每 20 个就有 1 个碰巧没有盖住真值。`,
    },
    {
      en: `A verdict belongs to these ${seeds} seeds, not to the task: other draws gave other ones. Do not add seeds after looking.`,
      zh: `结论只属于这 ${seeds} 个种子，不属于任务本身：换一批随机数，结论可能不同。看过结果之后不要再加种子。`,
    },
    ...(unclear.some(({ difference }) => difference.seedsNeeded !== undefined)
      ? [
          {
            en: 'Behind unclear: how many seeds would narrow the half-width to the margin.',
            zh: '“不确定”后面是把半宽缩到界限所需的种子数。',
          },
        ]
      : []),
    ...(narrow
      ? [
          {
            en: 'Where that is fewer than were run, the interval is narrow enough but holds the margin: it takes more seeds than these.',
            zh: '若少于已用的种子数，说明区间已足够窄，只是恰好盖住界限：还需要比现在更多的种子。',
          },
        ]
      : []),
  ]
  return texts.flatMap((text) =>
    paragraph(`  ${style.say(text)}`, style.columns, '  ').map((line) => style.colors.dim(line)),
  )
}
