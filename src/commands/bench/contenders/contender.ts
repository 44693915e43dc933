// What a contender is: somebody else's convolution, or ours, timed in a process of its own.
import type { Text } from '../../../base/text.ts'
import type { Start } from '../../../cli/programs.ts'
import type { LayerName } from '../../../layers/index.ts'
import type { Engine } from '../../../tensor/engine/index.ts'
import type { TimedPart } from '../part.ts'

/** What a contender's process is asked. */
export interface Request {
  readonly contender: string
  readonly part: TimedPart
  readonly layer: LayerName
  readonly given: Readonly<Record<string, unknown>>
  readonly threads: number
  readonly engine: Engine
  /** a folder whose node_modules holds the contender, if it is not convlab */
  readonly home?: string
  /** where to leave the result: float32 values, little-endian */
  readonly output: string
}

/** What it answers, as the last line of its output. */
export interface ContenderReply {
  /** ms of a run, the median of many */
  readonly time: number
  /** GFLOP/s of multiply-adds alone, if it measured that */
  readonly peak?: number
}

/** A layer, or its convolution, that is ready to run. */
export interface Ready {
  run(): unknown
  /** (B, O, H', W') */
  output(): Promise<Float32Array>
}

/** Where contenders are looked for. */
export interface Surroundings {
  /** the program that runs contenders in JavaScript */
  readonly runner: string
  /** folders whose node_modules may hold them */
  readonly homes: readonly string[]
  readonly python: string
  /** the Node to run them with */
  readonly node: string
}

export interface Contender {
  readonly name: string
  /** how to get it */
  readonly install: Text
  /** how it is started; undefined if it is not installed */
  find(surroundings: Surroundings): Promise<((request: Request) => Start) | undefined>
  /** what of a layer it is timed on */
  readonly parts: readonly TimedPart[]
}
