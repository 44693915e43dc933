// A comparison as JSON, schema 1. A standard deviation is "NaN" where a single value leaves none.
import type { ArticleClaim } from '../../claims/article-claims.ts'
import type { ComparedLayer } from '../../run/compare.ts'
import { FARTHEST, limits } from '../../run/overhead.ts'
import { float32Text } from '../../show/float32.ts'
import type { JsonOptions } from '../../show/json.ts'
import { writeNonFinite } from '../../show/non-finite.ts'

/** The whole document, a layer a line, ending in a line break. */
export function renderCompareJson(
  columns: readonly ComparedLayer[],
  claims: readonly ArticleClaim[],
  { version, language }: Omit<JsonOptions, 'values'>,
): string {
  const { seed, input } = columns[0]?.trace ?? {}
  const layers = columns.map(({ trace, attentions, timing, overhead, ...column }) => ({
    layer: trace.layer,
    config: trace.config,
    outputShape: column.outputShape,
    cost: trace.cost,
    kernelBytes: column.kernelBytes,
    kernels: column.kernels,
    ...(timing && { milliseconds: timing }),
    attention: attentions.map(({ samples, ...summary }) => ({
      ...summary,
      samples: samples.map((row) => Array.from(row, (value) => JSON.parse(float32Text(value)))),
    })),
    ...(overhead && {
      overhead: { limits, ...overhead, scannedTo: FARTHEST },
    }),
  }))
  const list = (items: readonly object[]) =>
    `[\n${items.map((item) => `    ${JSON.stringify(item, writeNonFinite)}`).join(',\n')}\n  ]`
  const quoted = claims.map((claim) => ({ ...claim, quote: claim.quote[language] }))
  return `{
  "schema": 1,
  "convlab": ${JSON.stringify(version)},
  "seed": ${JSON.stringify(seed)},
  "input": ${JSON.stringify(input)},
  "layers": ${list(layers)},
  "claims": ${list(quoted)}
}
`
}
