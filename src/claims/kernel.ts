// What the article says of the kernel: whom it is made for, and what decides it.
import { say } from '../base/text.ts'
import { traceLayer } from '../run/run.ts'
import { difference } from '../trace/checks/close.ts'
import { stepOf } from '../trace/query.ts'
import type { Trace } from '../trace/trace.ts'
import { articleSource, type Claim, verdictIf } from './claim.ts'
import { comparison, dynamic, evidenceOf, parametersOf } from './claim-runs.ts'

export const kernelClaims: readonly Claim[] = [
  {
    name: 'fixed-kernel',
    topic: 'layer',
    says: {
      en: 'An ordinary convolution meets every input with the same kernel.',
      zh: '普通卷积对任何输入都用同一个卷积核。',
    },
    source: articleSource('卷积核（或滤波器）是固定的'),
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
    source: articleSource('不同的输入可能会使用不同的卷积核来进行处理'),
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
    source: articleSource('通常由输入数据的不同部分决定'),
    evidence: {
      kind: 'computed',
      command: 'explain dynamic',
      measure() {
        const run = traceLayer(dynamic, {})
        const given = { input: upsideDown(run), weights: parametersOf(run) }
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
