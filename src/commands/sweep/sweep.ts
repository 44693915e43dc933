// A sweep: one thing about a run is varied, everything else stays, and what the attention makes of
// it is put in a table with a verdict. Plain data; how it looks is the renderer's affair.
import { UsageError } from '../../base/errors.ts'
import { flagOf } from '../../base/options.ts'
import type { PhraseText, Text } from '../../base/text.ts'
import { dynamicLayer } from '../../layers/dynamic/layer.ts'
import { type Plan, planRun } from '../../run/plan.ts'
import type { Trace } from '../../trace/trace.ts'

export const layer = dynamicLayer

/** What is set about a run, under its config names. */
export type SweepSettings = Readonly<Record<string, unknown>>

/** Really runs the layer. */
export type RunLayer = (given: SweepSettings) => Trace | Promise<Trace>

/** A column and the way to show it; a cell holds what that way needs. */
export type SweepColumn = { readonly id: string; readonly title: Text } & (
  | { readonly kind: 'value' } // a number as it was given
  | { readonly kind: 'count' } // a whole number, in groups of three digits
  // a measured number, to 4 digits or these; NaN where there was nothing to measure
  | { readonly kind: 'decimal'; readonly digits?: number }
  | { readonly kind: 'share' } // numbers in 0..1, one a sample, with a bar
  | { readonly kind: 'weights' } // attention weights, a list a sample, with a picture
  // numbers that share one axis from 0 to `end`, each at its mark
  | { readonly kind: 'axis'; readonly marks: readonly string[]; readonly end: number }
)

export type Cell = number | readonly number[] | readonly (readonly number[])[]

/** A value of what is varied and what was measured there, by column id. */
export type SweepRow = Readonly<Record<string, Cell>>

/** One thing that the sweep shows, in words, with the numbers it rests on. */
export interface Finding {
  readonly id: string
  /** whether it makes attention uniform, or the same for every sample */
  readonly flattens: boolean
  readonly measured: Readonly<Record<string, number>>
  readonly text: PhraseText
  /** arguments of `convlab` that show the opposite, or more */
  readonly try?: string
}

/** What a sweep finds: its table and its findings. */
export interface Findings {
  readonly columns: readonly SweepColumn[]
  readonly rows: readonly SweepRow[]
  readonly findings: readonly Finding[]
}

export interface Sweep {
  readonly name: string
  readonly title: Text
  /** the option that is varied: it cannot be given */
  readonly varies: string
  /** what is run, in that order */
  runs(given: SweepSettings): readonly SweepSettings[]
  measure(given: SweepSettings, run: RunLayer): Promise<Findings>
}

/** A sweep that was made: everything there is to show. */
export interface SweepResult extends Findings {
  readonly sweep: string
  readonly title: Text
  /** the arguments of `convlab` that give this sweep */
  readonly command: string
  /** the layer's configuration without what is varied */
  readonly config: SweepSettings
  readonly seed: string
  /** its shape without what is varied: no batch where that is */
  readonly input: { readonly source: string; readonly size: readonly number[] }
}

/**
 * The runs that a sweep will make.
 * @throws {UsageError} if what is given makes no layer, or sets what the sweep varies
 */
export function planSweep(sweep: Sweep, given: SweepSettings): Plan[] {
  if (given[sweep.varies] !== undefined) throw varied(sweep, given[sweep.varies])
  return sweep.runs(given).map((each) => planRun(layer, each))
}

/**
 * Runs the layer for every value of the sweep.
 * @throws {UsageError} as `planSweep` does
 */
export async function makeSweep(
  sweep: Sweep,
  given: SweepSettings,
  run: RunLayer,
): Promise<SweepResult> {
  if (given[sweep.varies] !== undefined) throw varied(sweep, given[sweep.varies])
  const { config, run: set } = planRun(layer, given)
  const { [sweep.varies]: _, ...fixed } = config as SweepSettings
  return {
    sweep: sweep.name,
    title: sweep.title,
    command: commandFor(`sweep ${sweep.name}`, given),
    config: fixed,
    seed: String(set.seed),
    input: { source: set.input, size: set.size },
    ...(await sweep.measure(given, run)),
  }
}

/** The arguments of `convlab` for a command that takes this layer's flags. */
export function commandFor(command: string, given: SweepSettings): string {
  return planRun(layer, given).command.replace(layer.name, command)
}

function varied({ name, varies }: Sweep, given: unknown): UsageError {
  const flag = flagOf(varies)
  const alone = `convlab dynamic ${flag} ${given}`
  return new UsageError({
    en: `${flag} ${given}: sweep ${name} varies it itself: leave it out, or run ${alone}`,
    zh: `${flag} ${given}：sweep ${name} 要变的正是它：请去掉，或运行 ${alone}`,
  })
}
