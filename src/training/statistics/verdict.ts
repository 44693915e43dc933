// What a paired difference of two models says, decided on unrounded numbers.
import { type Interval, intervalOf } from './interval.ts'

/**
 * holds          the interval lies above 0, and the mean is not below the margin
 * does not hold  the interval lies below the margin
 * unclear        anything else
 */
export type Verdict = 'holds' | 'does not hold' | 'unclear'

export interface Difference extends Interval {
  /** model a less model b, seed by seed */
  readonly perSeed: readonly number[]
  readonly margin: number
  readonly verdict: Verdict
  /** where unclear: about how many seeds would narrow the half-width to the margin */
  readonly seedsNeeded?: number
}

/**
 * @param a metrics of one model by seed, and of the other in the same order
 * @param margin the smallest difference of interest, in the same unit
 */
export function compareModels(
  a: readonly number[],
  b: readonly number[],
  margin: number,
): Difference {
  const perSeed = a.map((value, at) => value - (b[at] as number))
  const interval = intervalOf(perSeed)
  const verdict = verdictOf(interval, margin)
  const { n, halfWidth } = interval
  // halfWidth = t · sd / √n, so (t · sd / margin)² = n · (halfWidth / margin)²
  const seedsNeeded =
    verdict === 'unclear' && halfWidth !== undefined
      ? Math.ceil(n * (halfWidth / margin) ** 2)
      : undefined
  return {
    ...interval,
    perSeed,
    margin,
    verdict,
    ...(seedsNeeded !== undefined && { seedsNeeded }),
  }
}

function verdictOf({ mean, halfWidth }: Interval, margin: number): Verdict {
  if (halfWidth === undefined) return 'unclear'
  if (mean - halfWidth > 0 && mean >= margin) return 'holds'
  return mean + halfWidth < margin ? 'does not hold' : 'unclear'
}
