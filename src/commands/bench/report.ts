// What a benchmark has found, as plain data.
import type { Text } from '../../base/text.ts'
import type { LayerName } from '../../layers/index.ts'
import type { Engine } from '../../tensor/engine/index.ts'
import { type Spread, timeSpreadOf } from './measure.ts'
import type { TimedPart } from './part.ts'

export interface BenchEntry {
  readonly name: string
  /** what it is timed on */
  readonly part: TimedPart
  /** ms of a run: one median a process */
  readonly times: readonly number[]
  readonly spread: Spread
  /** multiplications and additions of the part over the time; who does fewer of them has more */
  readonly gflops: number
  /** its time over that of convlab on the same part, by their medians */
  readonly ratio: number
  /** largest difference of a value from convlab's */
  readonly difference: number
  /** the difference is no more than 1e-6 + 1e-5 · the largest value */
  readonly agrees: boolean
}

export interface BenchRow {
  readonly id: string
  readonly title: Text
  readonly layer: LayerName
  /** arguments of convlab that run the same layer */
  readonly command: string
  /** multiplications and additions of the batch, by definition */
  readonly flops: Readonly<Record<TimedPart, number>>
  readonly entries: readonly BenchEntry[]
}

export interface BenchReport {
  /** what computes convlab's */
  readonly engine: Engine
  /** GFLOP/s: the most that one core did in registers, of the medians of all processes */
  readonly peak: number
  readonly runs: number
  readonly threads: number
  readonly rows: readonly BenchRow[]
  /** contenders that are not here */
  readonly missing: readonly { readonly name: string; readonly install: Text }[]
}

/** What one contender has left of a row. */
export interface MeasuredContender {
  readonly name: string
  readonly part: TimedPart
  readonly times: readonly number[]
  readonly output: Float32Array
}

/** @param measured of every part convlab's first */
export function entriesOf(
  measured: readonly MeasuredContender[],
  flops: BenchRow['flops'],
): BenchEntry[] {
  return measured.map(({ name, part, times, output }) => {
    const own = measured.find((each) => each.part === part) as MeasuredContender
    const largest = own.output.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const spread = timeSpreadOf(times)
    const difference = differenceOf(own.output, output)
    return {
      name,
      part,
      times,
      spread,
      gflops: flops[part] / spread.median / 1e6,
      ratio: spread.median / timeSpreadOf(own.times).median,
      difference,
      agrees: difference <= 1e-6 + 1e-5 * largest,
    }
  })
}

/** NaN, which agrees with nothing, if there is one in either or one has more values. */
function differenceOf(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.NaN
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0)
}

/** What an entry is called: the convolution alone as the libraries call theirs. */
export function entryName({ name, part }: Pick<BenchEntry, 'name' | 'part'>): string {
  return part === 'convolution' ? `${name} conv2d` : name
}

/** One line on those whose results are not convlab's, if there are any. */
export function disagreement({ rows }: Pick<BenchReport, 'rows'>): Text | undefined {
  const differing = rows.flatMap(({ id, entries }) =>
    entries.filter(({ agrees }) => !agrees).map((entry) => ({ id, entry })),
  )
  if (differing.length === 0) return undefined
  const list = (between: string, text: (id: string, name: string, by: string) => string) =>
    differing
      .map(({ id, entry }) => text(id, entryName(entry), entry.difference.toPrecision(2)))
      .join(between)
  return {
    en: `results differ from convlab's: ${list('; ', (id, name, by) => `${name} on ${id} by up to ${by}`)}; expected at most 1e-6 + 1e-5 of the largest value`,
    zh: `结果与 convlab 不一致：${list('；', (id, name, by) => `${name} 在 ${id} 上最多相差 ${by}`)}；容许 1e-6 + 最大值的 1e-5`,
  }
}
