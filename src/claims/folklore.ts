// What else is said and shown of these layers, each on a run.
import { say } from '../base/text.ts'
import { layers } from '../layers/index.ts'
import { traceLayer } from '../run/run.ts'
import { stepOf } from '../trace/query.ts'
import { articleSource, type Claim, verdictIf } from './claim.ts'
import { correct, shown } from './stride-figure.ts'

const dynamic = layers.dynamic

/** The smallest layer for which a counting tool's output is known. */
const small = { in: 4, out: 8, padding: 1, size: 6 } as const

/** How far the attention of two samples is apart at most. */
function spread(input: 'randn' | 'varied'): number {
  const attention = stepOf(traceLayer(dynamic, { batch: 4, input }), 'attention')
  const K = attention.shape[1] as number
  const columns = Array.from({ length: K }, (_, k) =>
    [...attention.values].filter((_, at) => at % K === k),
  )
  return Math.max(...columns.map((column) => Math.max(...column) - Math.min(...column)))
}

export const folkloreClaims: readonly Claim[] = [
  {
    name: 'random-input',
    topic: 'program',
    says: {
      en: 'Random input is good enough to see samples get kernels of their own.',
      zh: '用随机输入就能看出每个样本各用各的卷积核。',
    },
    source: articleSource('torch.randn(1, 3, 32, 32)'),
    evidence: {
      kind: 'computed',
      command: 'dynamic --batch 4',
      measure() {
        const [random, varied] = [spread('randn'), spread('varied')]
        return {
          verdict: verdictIf(random > varied / 2),
          words: {
            en: say`Attention weights of two random samples differ by ${random} at most, where channel means differ by ${varied}.`,
            zh: say`随机样本之间注意力权重最多只差 ${random}；通道均值不同时能差 ${varied}。`,
          },
        }
      },
    },
  },
  {
    name: 'modules-are-all',
    topic: 'program',
    says: {
      en: 'Counting what modules do counts all multiply-adds.',
      zh: '把各个模块的乘加次数加起来，就是全部计算量。',
    },
    source: { kind: 'code', code: 'torchinfo.summary(layer)' },
    evidence: {
      kind: 'computed',
      command: 'dynamic --in 4 --out 8 --padding 1 --size 6',
      measure() {
        const { multiplyAdds, lines } = traceLayer(dynamic, small).cost
        const counted = lines.find(({ id }) => id === 'attention')?.multiplyAdds as number
        return {
          verdict: verdictIf(counted === multiplyAdds),
          words: {
            en: say`fc1 and fc2 do ${counted} of ${multiplyAdds}: the convolution is no module but a function, which such tools miss.`,
            zh: say`fc1 和 fc2 只占 ${multiplyAdds} 次中的 ${counted} 次：卷积不是模块，而是函数调用，这类工具看不到。`,
          },
        }
      },
    },
  },
  {
    name: 'stride-figure',
    topic: 'program',
    says: {
      en: 'The well-known numeric figure of a strided convolution is right.',
      zh: '那张广为流传的带步长卷积的数字图是对的。',
    },
    source: {
      kind: 'thread',
      thread: { repository: 'vdumoulin/conv_arithmetic', number: 17, kind: 'issue' },
    },
    evidence: {
      kind: 'computed',
      command: 'lesson show claims',
      measure() {
        const values = correct.flat()
        const right = values.filter((value, at) => value === shown.flat()[at]).length
        const text = (rows: readonly (readonly number[])[]) =>
          rows.map((row) => row.join(' ')).join(' / ')
        return {
          verdict: verdictIf(right === values.length),
          words: {
            en: say`${right} of its ${values.length} values are right: it shows ${text(shown)}, the output is ${text(correct)}.`,
            zh: say`${values.length} 个值里只有 ${right} 个对：图上是 ${text(shown)}，正确的是 ${text(correct)}。`,
          },
        }
      },
    },
  },
]
