// What the article says of the layer's cost.
import { say } from '../base/text.ts'
import { articleSource, type Claim } from './claim.ts'
import { comparison, evidenceOf } from './claim-runs.ts'

export const costClaims: readonly Claim[] = [
  {
    name: 'fewer-parameters',
    topic: 'layer',
    says: {
      en: 'An ordinary convolution has fewer parameters.',
      zh: '普通卷积的参数较少。',
    },
    source: articleSource('这种方式具有较少的参数'),
    evidence: {
      kind: 'computed',
      command: comparison,
      measure() {
        const { evidence, verdict } = evidenceOf('fewer-parameters', 'dynamic')
        if (!('parameters' in evidence)) throw new TypeError('parameters are expected')
        const { parameters, ordinary } = evidence
        const times = (parameters / ordinary).toFixed(1)
        return {
          verdict,
          words: {
            en: say`${ordinary} against ${parameters}, ${times} times as many.`,
            zh: say`${ordinary} 对 ${parameters}，动态卷积是 ${times} 倍。`,
          },
        }
      },
    },
  },
  {
    name: 'more-computation',
    topic: 'layer',
    says: { en: 'Dynamic convolution takes more computation.', zh: '动态卷积的计算开销更大。' },
    source: articleSource('其计算开销较大'),
    evidence: {
      kind: 'computed',
      command: comparison,
      measure() {
        const { evidence, verdict } = evidenceOf('cheaper', 'dynamic')
        if (!('multiplyAdds' in evidence)) throw new TypeError('multiply-adds are expected')
        const { multiplyAdds, ordinary } = evidence
        const percent = (100 * (multiplyAdds / ordinary - 1)).toFixed(1)
        return {
          verdict,
          words: {
            en: say`${multiplyAdds} multiply-adds against ${ordinary}: ${percent} % more.`,
            zh: say`乘加 ${multiplyAdds} 次对 ${ordinary} 次，只多 ${percent} %。`,
          },
        }
      },
    },
  },
]
