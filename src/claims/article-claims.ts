// What the article says of the two convolutions, each against what was measured.
import type { Text } from '../base/text.ts'
import type { ComparedLayer } from '../run/compare.ts'

/** What one layer's run says of a claim. */
export type ArticleEvidence = {
  readonly layer: string
  /** undefined where the run cannot tell */
  readonly holds: boolean | undefined
} & (
  | { readonly parameters: number; readonly ordinary: number }
  | {
      readonly multiplyAdds: number
      readonly ordinary: number
      /** how many times as long as the ordinary layer it took, if both were timed */
      readonly time?: number
    }
  | { readonly samples: number; readonly spread: number; readonly std: number }
)

export interface ArticleClaim {
  readonly id: 'fewer-parameters' | 'cheaper' | 'kernel-depends-on-input'
  /** the article's words */
  readonly quote: Text
  readonly evidence: readonly ArticleEvidence[]
}

/**
 * The article's claims. The ordinary layer is the one among those compared; without it, every
 * layer's own baseline.
 */
export function judgeClaims(columns: readonly ComparedLayer[]): readonly ArticleClaim[] {
  const ordinary = columns.find(({ trace }) => trace.baseline === undefined)
  const others = columns.flatMap((column) => {
    const before = ordinary?.trace.cost ?? column.trace.baseline
    return column.trace.baseline && before ? [{ ...column, before }] : []
  })
  return [
    {
      id: 'fewer-parameters',
      quote: {
        en: 'Ordinary convolution has fewer parameters.',
        zh: '普通卷积“具有较少的参数”。',
      },
      evidence: others.map(({ trace, before }) => ({
        layer: trace.layer,
        holds: before.parameters < trace.cost.parameters,
        parameters: trace.cost.parameters,
        ordinary: before.parameters,
      })),
    },
    {
      id: 'cheaper',
      quote: {
        en: 'Ordinary convolution is cheaper to compute (judged by multiply-adds).',
        zh: '普通卷积“计算效率较高”，动态卷积“计算开销较大”（按乘加判断）。',
      },
      evidence: others.map(({ trace, timing, before }) => ({
        layer: trace.layer,
        holds: before.multiplyAdds < trace.cost.multiplyAdds,
        multiplyAdds: trace.cost.multiplyAdds,
        ordinary: before.multiplyAdds,
        ...(timing && ordinary?.timing && { time: timing.median / ordinary.timing.median }),
      })),
    },
    {
      id: 'kernel-depends-on-input',
      quote: {
        en: "Ordinary convolution's kernel is fixed; else different inputs may meet different ones.",
        zh: '普通卷积的卷积核“是固定的”；动态卷积“不同的输入可能会使用不同的卷积核”。',
      },
      evidence: columns.map(({ trace, kernels }) => {
        const samples = trace.input.shape[0] as number
        const varies = kernels.spread > 0
        return {
          layer: trace.layer,
          holds: samples === 1 ? undefined : varies === (trace.baseline !== undefined),
          samples,
          ...kernels,
        }
      }),
    },
  ]
}
