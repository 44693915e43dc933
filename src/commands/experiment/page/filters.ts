// The filter experiment's true kernels beside those that a model learnt, for every cue.
import { decimal } from '../../../base/format.ts'
import type { Text } from '../../../base/text.ts'
import { heading } from '../../../show/experiment/heading.ts'
import type { Style } from '../../../show/style.ts'
import { heatmap, rangeOf } from '../../../show/text/heatmap.ts'
import { indent } from '../../../show/text/layout.ts'
import { beside, grid, type TextBlock } from '../../../show/text/text-blocks.ts'
import { filters } from '../../../training/data/filtered-noise.ts'
import type { Study } from '../../../training/statistics/experiment-study.ts'

const SIDE = 3

const names: readonly Text[] = [
  { en: 'Sobel x', zh: 'Sobel x' },
  { en: 'Sobel y', zh: 'Sobel y' },
  { en: 'Laplacian', zh: '拉普拉斯' },
  { en: 'box', zh: '均值' },
]

/** Models whose kernels are worth a look, the first that was trained before the others. */
const SHOWN = ['D4', 'D3', 'D2', 'U4', 'S']

export function filterSection(study: Study, style: Style): string[] {
  const found = SHOWN.flatMap((name) => {
    const result = study.models.find(({ model }) => model.name === name)
    const run = result?.runs.find(({ filters }) => filters !== undefined)
    return run?.filters ? [{ name, seed: run.seed, learnt: run.filters }] : []
  })[0]
  if (found === undefined) return []
  const { name, seed, learnt } = found
  const title = { en: 'The kernels', zh: '卷积核' }
  const how = {
    en: `true, and as ${name} mixes them for each cue (seed ${seed})`,
    zh: `真实的，以及 ${name} 按每种线索混合出来的（种子 ${seed}）`,
  }
  const range = rangeOf([...filters, ...learnt].map(heat)) // one for all: equal looks equal
  return [
    ...heading(title, how, style),
    ...filters.flatMap((filter, cue) => {
      const kernel = learnt[cue] as readonly number[]
      const error = kernel.reduce((sum, w, at) => sum + (w - (filter[at] as number)) ** 2, 0)
      const words = style.say({
        en: `${name}, squared error ${decimal(error)}`,
        zh: `${name}，平方误差 ${decimal(error)}`,
      })
      const pair = [
        picture(style.say(names[cue] as Text), filter, range, style),
        picture(words, kernel, range, style),
      ]
      return indent(beside(pair, style.columns - 2, 5), '  ')
    }),
  ]
}

const heat = (values: ArrayLike<number>) => ({ rows: SIDE, columns: SIDE, values })

function picture(
  caption: string,
  kernel: ArrayLike<number>,
  range: ReturnType<typeof rangeOf>,
  style: Style,
): TextBlock {
  const rows = Array.from({ length: SIDE }, (_, i) =>
    Array.from({ length: SIDE }, (_, j) =>
      (kernel[i * SIDE + j] as number)
        .toFixed(3)
        .replace(/^-(0\.0+)$/, '$1')
        .padStart(6),
    ),
  )
  const numbers = grid(rows, Number.POSITIVE_INFINITY)
  const shades = heatmap(heat(kernel), range, style)
  return [caption, ...shades.map((line, i) => `${line}  ${numbers[i]}`)]
}
