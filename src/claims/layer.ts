// What the article says of the layer, each on a run of the layer itself.
import type { Check } from '../layers/explanation.ts'
import { layers } from '../layers/index.ts'
import type { Layer } from '../layers/layer.ts'
import { say } from '../text.ts'
import { sumsToOne } from '../trace/claims/attention.ts'
import { difference } from '../trace/claims/close.ts'
import { mixThenConvolve } from '../trace/claims/experts.ts'
import { judgeClaims } from '../trace/claims.ts'
import { compareLayers, planComparison } from '../trace/compare.ts'
import { runOptions } from '../trace/plan.ts'
import { stepOf } from '../trace/query.ts'
import { traceLayer } from '../trace/run.ts'
import type { Trace } from '../trace/trace.ts'
import { article, type Claim, type Evidence, verdictIf } from './claim.ts'

const dynamic = layers.dynamic as Layer
const fixed = layers.static as Layer
const varied = { batch: 4, input: 'varied' } as const
const variedCommand = 'dynamic --batch 4 --input varied'

/** The article's two layers side by side, on samples that differ. */
function compared() {
  const entrants = planComparison([fixed, dynamic], { ...varied, padding: 1 }, runOptions)
  return judgeClaims(compareLayers(entrants))
}

/** What the comparison says of one layer. */
function evidenceOf(id: ReturnType<typeof compared>[number]['id'], layer: 'static' | 'dynamic') {
  const found = compared().find((claim) => claim.id === id)
  const evidence = found?.evidence.find((each) => each.layer === layer)
  if (evidence === undefined) throw new RangeError(`the comparison says nothing of ${id}`)
  return { evidence, verdict: verdictIf(evidence.holds === true) }
}

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

const comparison = 'compare static dynamic --batch 4 --input varied'

export const layerClaims: readonly Claim[] = [
  {
    name: 'fixed-kernel',
    topic: 'layer',
    says: {
      en: 'An ordinary convolution meets every input with the same kernel.',
      zh: '普通卷积对任何输入都用同一个卷积核。',
    },
    source: article('卷积核（或滤波器）是固定的'),
    evidence: {
      kind: 'computed',
      command: comparison,
      measure() {
        const { evidence, verdict } = evidenceOf('kernel-depends-on-input', 'static')
        if (!('spread' in evidence)) throw new TypeError('a spread is expected')
        const { samples, spread } = evidence
        return {
          verdict,
          words: {
            en: say`The kernels of ${samples} samples differ by ${spread}.`,
            zh: say`${samples} 个样本的卷积核相差 ${spread}。`,
          },
        }
      },
    },
  },
  {
    name: 'kernel-depends-on-input',
    topic: 'layer',
    says: {
      en: 'Dynamic convolution may meet different inputs with different kernels.',
      zh: '动态卷积对不同的输入可能用不同的卷积核。',
    },
    source: article('不同的输入可能会使用不同的卷积核来进行处理'),
    evidence: {
      kind: 'computed',
      command: comparison,
      measure() {
        const { evidence, verdict } = evidenceOf('kernel-depends-on-input', 'dynamic')
        if (!('spread' in evidence)) throw new TypeError('a spread is expected')
        const { samples, spread, std } = evidence
        return {
          verdict,
          words: {
            en: say`The kernels of ${samples} samples differ by up to ${spread}; their standard deviation is ${std}.`,
            zh: say`${samples} 个样本的卷积核最多相差 ${spread}，标准差为 ${std}。`,
          },
        }
      },
    },
  },
  {
    name: 'parts-of-the-input',
    topic: 'layer',
    says: {
      en: "The kernel is decided by the input's different parts.",
      zh: '卷积核由输入数据的不同部分决定。',
    },
    source: article('通常由输入数据的不同部分决定'),
    evidence: {
      kind: 'computed',
      command: 'explain dynamic',
      measure() {
        const run = traceLayer(dynamic, {})
        const given = { input: upsideDown(run), weights: weightsOf(run) }
        const turned = traceLayer(dynamic, {}, given)
        const apart = difference(
          stepOf(run, 'aggregate-weight').values as Float32Array,
          stepOf(turned, 'aggregate-weight').values as Float32Array,
        )
        return {
          verdict: verdictIf(apart > 1e-6),
          words: {
            en: say`With every pixel in another place the mixed kernel changes by ${apart}: it sees the channels' means alone, and is the same at every place.`,
            zh: say`把所有像素换个位置，聚合卷积核只变化 ${apart}：它只看各通道的均值，而且在每个位置都一样。`,
          },
        }
      },
    },
  },
  {
    name: 'fewer-parameters',
    topic: 'layer',
    says: {
      en: 'An ordinary convolution has fewer parameters.',
      zh: '普通卷积的参数较少。',
    },
    source: article('这种方式具有较少的参数'),
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
    source: article('其计算开销较大'),
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
    source: article('将batch视作维度变量'),
    evidence: {
      kind: 'computed',
      command: variedCommand,
      measure() {
        const batch = traceLayer(dynamic, varied)
        const output = stepOf(batch, 'output')
        const size = output.values.length / varied.batch
        const apart = samplesOf(batch).map((input, n) => {
          const alone = traceLayer(dynamic, {}, { input, weights: weightsOf(batch) })
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

/** The run's input with rows and columns in reverse order: the same values elsewhere. */
function upsideDown(trace: Trace) {
  const { shape, values } = stepOf(trace, 'input')
  const [, , H = 1, W = 1] = shape
  const plane = H * W
  const turned = Float32Array.from(values, (_, at) => {
    const start = at - (at % plane)
    return values[start + plane - 1 - (at % plane)] as number
  })
  return { source: 'reversed', shape, values: turned }
}

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

function weightsOf(trace: Trace) {
  const tensors = Object.fromEntries(
    trace.parameters.map(({ name, shape, values }) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  )
  return { source: 'the batch', tensors }
}
