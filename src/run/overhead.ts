// Where the work on top of the convolution starts to matter, by the layer's own graph.
import { type AnyConfig, resolve } from '../base/options.ts'
import type { Layer } from '../layers/layer.ts'
import type { Shape } from '../tensor/tensor.ts'
import { dryRun } from './dry-run.ts'
import type { Plan } from './plan.ts'

/** The shares of the convolution's multiply-adds that are looked for. */
export const limits = [0.01, 0.1] as const

/** How far the scans of sizes and of kernels go. */
export const FARTHEST = 1024

export interface Overhead {
  /** this run's: everything but the convolution, over the convolution */
  readonly now: number
  /**
   * for every limit: the fewest kernels at which it is reached, all else as in this run; undefined
   * beyond the scan. None at all for a layer that does not mix any.
   */
  readonly kernels?: readonly (number | undefined)[]
  /** for every limit: the smallest square input from which on it stays below it */
  readonly size: readonly (number | undefined)[]
  /** with so many times the channels in and out */
  readonly channels: readonly { readonly times: number; readonly overhead: number }[]
}

/** Everything but the convolution over the convolution, in multiply-adds. */
export function overheadOf(layer: Layer, config: AnyConfig, inputShape: Shape): number {
  let convolution = 0
  let others = 0
  for (const { id, multiplyAdds } of dryRun(layer, config, inputShape).cost.lines)
    if (id === 'convolution') convolution += multiplyAdds
    else others += multiplyAdds
  return others / convolution
}

/** Scans one thing at a time: kernels, then size, then channels. */
export function scanOverhead(
  layer: Layer,
  given: Readonly<Record<string, unknown>>,
  plan: Plan,
): Overhead {
  const { config, inputShape } = plan
  const [B, C] = inputShape as [number, number]
  const withKernels = (kernels: number) =>
    overheadOf(layer, resolve(layer.options, { ...given, kernels }), inputShape)
  const withSize = (size: number) => overheadOf(layer, config, [B, C, size, size])
  const withChannels = (times: number) => {
    const out = 'out' in config ? { out: config.out * times } : {}
    const wide = { ...config, in: config.in * times, ...out }
    return overheadOf(layer, wide, [B, C * times, ...inputShape.slice(2)])
  }
  const smallest = smallestSize(layer, config, inputShape)
  return {
    now: overheadOf(layer, config, inputShape),
    ...('kernels' in layer.options && {
      kernels: limits.map((limit) => first(1, FARTHEST, (K) => withKernels(K) >= limit)),
    }),
    size: limits.map((limit) => stays(smallest, FARTHEST, (n) => withSize(n) < limit)),
    channels: [1, 4, 16].map((times) => ({ times, overhead: withChannels(times) })),
  }
}

/** The smallest square input that the kernel fits. */
function smallestSize(layer: Layer, config: AnyConfig, [B, C]: Shape): number {
  const output = (n: number) =>
    dryRun(layer, config, [B as number, C as number, n, n]).steps.at(-1)?.shape ?? []
  return first(1, FARTHEST, (n) => output(n).every((size) => size > 0)) ?? FARTHEST
}

/** The first whole number for which it holds. */
function first(from: number, to: number, holds: (n: number) => boolean): number | undefined {
  for (let n = from; n <= to; n++) if (holds(n)) return n
  return undefined
}

/** The first whole number from which on it holds up to the end. */
function stays(from: number, to: number, holds: (n: number) => boolean): number | undefined {
  let n = to + 1
  while (n > from && holds(n - 1)) n--
  return n > to ? undefined : n
}
