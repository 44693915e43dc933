// What a benchmark has found, as plain data.
import type { LayerName } from '../layers/index.ts'
import type { Text } from '../text.ts'
import { type Spread, spreadOf } from './measure.ts'

export interface Entry {
  readonly name: string
  /** ms of a forward pass: one median a process */
  readonly times: readonly number[]
  readonly spread: Spread
  /** multiplications and additions of the layer over the time; who does fewer of them has more */
  readonly gflops: number
  /** its time over convlab's, by their medians */
  readonly ratio: number
  /** largest difference of a value from convlab's */
  readonly difference: number
  /** the difference is no more than 1e-6 + 1e-5 · the largest value */
  readonly agrees: boolean
}

export interface Row {
  readonly id: string
  readonly title: Text
  readonly layer: LayerName
  /** arguments of convlab that run the same layer */
  readonly command: string
  readonly flops: number
  readonly entries: readonly Entry[]
}

export interface Report {
  /** GFLOP/s: the best that one core did in registers */
  readonly peak: number
  readonly runs: number
  readonly threads: number
  readonly rows: readonly Row[]
  /** contenders that are not here */
  readonly missing: readonly { readonly name: string; readonly install: Text }[]
}

/** What one contender has left of a row. */
export interface Measured {
  readonly name: string
  readonly times: readonly number[]
  readonly output: Float32Array
}

/** @param measured convlab's first */
export function entriesOf(measured: readonly Measured[], flops: number): Entry[] {
  const [own] = measured as [Measured]
  const largest = own.output.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const ownTime = spreadOf(own.times).median
  return measured.map(({ name, times, output }) => {
    const spread = spreadOf(times)
    const difference = differenceOf(own.output, output)
    return {
      name,
      times,
      spread,
      gflops: flops / spread.median / 1e6,
      ratio: spread.median / ownTime,
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
