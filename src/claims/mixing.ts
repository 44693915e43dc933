// What the article's program takes for granted when it mixes kernels and folds the batch into groups.
import { say } from '../base/text.ts'
import { traceLayer } from '../run/run.ts'
import { sumsToOne } from '../trace/checks/attention-checks.ts'
import type { Check } from '../trace/checks/check-claims.ts'
import { difference } from '../trace/checks/close.ts'
import { mixThenConvolve } from '../trace/checks/expert-checks.ts'
import { stepOf } from '../trace/query.ts'
import type { Trace } from '../trace/trace.ts'
import { articleSource, type Claim, type Evidence, verdictIf } from './claim.ts'
import { dynamic, parametersOf, varied } from './claim-runs.ts'

const variedCommand = 'dynamic --batch 4 --input varied'

/** A statement that explain mode checks on every run, on this one. */
function checked(check: Check): Evidence {
  return {
    kind: 'computed',
    command: `explain ${variedCommand}`,
    measure() {
      const claim = check(traceLayer(dynamic, varied))
      if (claim === undefined) throw new RangeError('this check says nothing of the layer')
      return { verdict: verdictIf(claim.holds), words: claim.text }
    },
  }
}

export const mixingClaims: readonly Claim[] = [
  {
    name: 'weights-sum-to-one',
    topic: 'layer',
    says: {
      en: "A sample's attention weights sum to 1.",
      zh: '一个样本的注意力权重之和为 1。',
    },
    source: { kind: 'code', code: 'F.softmax(x, 1)' },
    evidence: checked(sumsToOne('attention')),
  },
  {
    name: 'mix-then-convolve',
    topic: 'layer',
    says: {
      en: 'One convolution with the mixed kernel does the work of K convolutions.',
      zh: '用聚合卷积核做一次卷积，抵得上 K 次卷积。',
    },
    source: { kind: 'code', code: 'torch.mm(softmax_attention, weight)' },
    evidence: checked(mixThenConvolve),
  },
  {
    name: 'batch-of-samples',
    topic: 'layer',
    says: {
      en: 'Folding the batch into groups treats every sample as if it were alone.',
      zh: '把批折叠成分组卷积，等于逐个处理每个样本。',
    },
    source: articleSource('将batch视作维度变量'),
    evidence: {
      kind: 'computed',
      command: variedCommand,
      measure() {
        const batch = traceLayer(dynamic, varied)
        const output = stepOf(batch, 'output')
        const size = output.values.length / varied.batch
        const apart = samplesOf(batch).map((input, n) => {
          const alone = traceLayer(dynamic, {}, { input, weights: parametersOf(batch) })
          const part = output.values.subarray(n * size, (n + 1) * size)
          return difference(part as Float32Array, stepOf(alone, 'output').values as Float32Array)
        })
        const most = Math.max(...apart)
        return {
          verdict: verdictIf(most <= 1e-6),
          words: {
            en: say`${varied.batch} samples by themselves give the same output (largest difference ${most}), once the view is mended.`,
            zh: say`改正 view 之后，${varied.batch} 个样本分开运行，输出相同（最大误差 ${most}）。`,
          },
        }
      },
    },
  },
]

/** Every sample of the run as an input of its own. */
function samplesOf(trace: Trace) {
  const { shape, values } = stepOf(trace, 'input')
  const [B = 1, ...rest] = shape
  const size = values.length / B
  return Array.from({ length: B }, (_, n) => ({
    source: `sample ${n}`,
    shape: [1, ...rest],
    values: Float32Array.from(values.subarray(n * size, (n + 1) * size)),
  }))
}
