// What papers and READMEs print of networks, against what is counted from the architecture.
import { say, type Text } from '../base/text.ts'
import { checkPublished } from '../networks/check-published.ts'
import { published, type SourceName, sources } from '../networks/published.ts'
import { type Claim, verdictIf } from './claim.ts'

const parts = {
  parameters: { en: 'parameters', zh: '参数量' },
  multiplyAdds: { en: 'multiply-adds', zh: '乘加次数' },
} satisfies Record<string, Text>

const byPart = {
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
} as const

function printed(name: SourceName, part: keyof typeof parts): Claim {
  const paper = sources[name]
  return {
    name: `${name}-${byPart[part]}`,
    topic: 'papers',
    says: {
      en: `${paper.title}: the ${parts[part].en} follow from the architecture.`,
      zh: `${paper.title}：${parts[part].zh}可以从网络结构推出来。`,
    },
    source: { kind: 'paper', paper },
    evidence: {
      kind: 'computed',
      command: 'count --published',
      measure() {
        const verdicts = checkPublished()
          .filter(({ row }) => row.source === name)
          .flatMap((row) => row[part] ?? [])
        const equal = verdicts.filter((verdict) => verdict.equal).length
        const worst = Math.max(...verdicts.map(({ difference }) => Math.abs(difference)))
        const percent = (100 * worst).toFixed(1)
        return {
          verdict: verdictIf(equal === verdicts.length),
          words: {
            en: say`${equal} of ${verdicts.length} figures are counted to the printed digit; the furthest is off by ${percent} %.`,
            zh: say`${verdicts.length} 个数字里有 ${equal} 个与数得的逐位相同；差得最多的相差 ${percent} %。`,
          },
        }
      },
    },
  }
}

/** One for every paper and part that has figures. */
export const figureClaims: readonly Claim[] = (Object.keys(sources) as SourceName[]).flatMap(
  (name) =>
    (Object.keys(parts) as (keyof typeof parts)[])
      .filter((part) => published.some((row) => row.source === name && row[part]))
      .map((part) => printed(name, part)),
)
