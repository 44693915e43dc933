// A sweep as JSON, schema 1:
//
//   schema    1
//   convlab   the program's version
//   sweep     temperature, kernels, batch or schedule
//   config    the layer's configuration, without what is varied
//   seed      decimal, as a string
//   input     its source and size; { source, size: [rows, columns] }
//   rows      one a value of what is varied, by column id:
//             temperature: temperature, attention (a list a sample), entropy (entropy / ln K a sample)
//             kernels:     kernels, attention, entropy, scale (std of the mixed kernel over that of
//                          the experts), expected (sqrt of the sum of squared weights, averaged over
//                          samples), uniform (1/sqrt(K)), parameters, multiplyAdds (per sample)
//             batch:       batch, attention, entropy, and for every kind of input the largest
//                          difference between samples in a weight
//             schedule:    epoch (half-way through it), for every schedule its temperature and
//                          ID-entropy (averaged over samples), and all temperatures once more
//   verdict   flattens: ids of the findings that make attention uniform or the same for all samples;
//             findings: { id, flattens, measured: { name: number }, text, try: arguments of convlab }
//
// `text` is the only field that follows the language. Numbers are as measured, never rounded,
// and "NaN" where there is none: the standard deviation of a single value.
import type { Language } from '../../base/text.ts'
import { writeNonFinite } from '../../show/non-finite.ts'
import { wordsOf } from '../../show/style.ts'
import type { SweepResult } from './sweep.ts'

export function renderSweepJson(
  { sweep, config, seed, input, rows, findings }: SweepResult,
  { version, language }: { readonly version: string; readonly language: Language },
): string {
  const document = {
    schema: 1,
    convlab: version,
    sweep,
    config,
    seed,
    input,
    rows,
    verdict: {
      flattens: findings.filter(({ flattens }) => flattens).map(({ id }) => id),
      findings: findings.map((finding) => ({ ...finding, text: wordsOf(finding.text[language]) })),
    },
  }
  return `${JSON.stringify(document, writeNonFinite, 2)}\n`
}
