// How an experiment's figures are written: accuracies in percent, differences of them in points.
import type { Text } from '../../base/text.ts'
import type { Study } from '../../training/statistics/experiment-study.ts'
import type { Interval } from '../../training/statistics/interval.ts'
import { trainingNetworks } from '../../training/training-networks.ts'
import type { Style } from '../style.ts'

export interface Figures {
  /** what the metric is called */
  readonly name: Text
  /** the unit that differences are in */
  readonly unit: Text
  value(metric: number): string
  /** mean ± half-width */
  interval(interval: Interval, style: Style): string
  /** the same with a sign */
  difference(interval: Interval, style: Style): string
  /** a difference alone */
  points(difference: number): string
}

export function figuresOf({ experiment }: Pick<Study, 'experiment'>): Figures {
  const { metric } = trainingNetworks[experiment.network]
  const [scale, digits] = metric === 'accuracy' ? [100, 2] : [1, 4]
  const write = (value: number) => {
    const text = (scale * value).toFixed(digits)
    return Number(text) === 0 ? (0).toFixed(digits) : text
  }
  const signed = (value: number) =>
    (scale * value < 0 || write(value).startsWith('-') ? '' : '+') + write(value)
  const around = (text: string, { halfWidth }: Interval, style: Style) =>
    halfWidth === undefined ? text : `${text} ${style.symbols.plusMinus} ${write(halfWidth)}`
  return {
    name: metric === 'accuracy' ? { en: 'accuracy, %', zh: '准确率（%）' } : { en: 'R2', zh: 'R2' },
    unit:
      metric === 'accuracy' ? { en: 'percentage points', zh: '百分点' } : { en: 'R2', zh: 'R2' },
    value: write,
    interval: (interval, style) => around(write(interval.mean), interval, style),
    difference: (interval, style) => around(signed(interval.mean), interval, style),
    points: signed,
  }
}

/** 0-9, or 0, 3, 7 */
export function seedsText(seeds: readonly number[]): string {
  const [first = 0] = seeds
  const run = seeds.length > 2 && seeds.every((seed, at) => seed === first + at)
  return run ? `${first}-${seeds.at(-1)}` : seeds.join(', ')
}
