// How convolutions are computed: in WebAssembly, or by the reference that everything is held against.
import { type Shape, sizeOf, type Tensor } from '../tensor.ts'
import { engineInUse, teamInUse } from './choice.ts'
import { Instance } from './instance.ts'
import { type Convolution, type ConvolutionPlan, fastestWay, planConvolution } from './plan.ts'
import { problemOf } from './problem.ts'
import { conv2d as byDefinition } from './reference.ts'
import type { Team } from './threads/team.ts'

export {
  chosenEngine,
  type Engine,
  type EngineInUse,
  engineInUse,
  engineNames,
  teamInUse,
  useEngine,
  useTeam,
} from './choice.ts'
export { canFuse } from './instance.ts'
export { type Convolution, type ConvolutionPlan, planConvolution } from './plan.ts'

/** Memory that is kept from one convolution to the next, in bytes. */
const KEPT = 16 * 2 ** 20

/** Multiply-adds of a convolution that several threads are worth waking for. */
const SHARED = 1 << 21

/** An instance and the plans that live in its memory. */
interface Kept {
  readonly instance: Instance
  readonly team: Team | undefined
  readonly plans: Planned[]
}

/** A plan, and what it is for. */
interface Planned {
  readonly x: Shape
  readonly w: Shape
  readonly how: Convolution
  readonly plan: ConvolutionPlan
}
let kept: Kept | undefined

/**
 * @param x (B, C, H, W)
 * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
 * @param b (O) or (B·O), or none
 * @returns (B, O, H', W')
 */
export function conv2d(x: Tensor, w: Tensor, b: Tensor | undefined, how: Convolution): Tensor {
  const { name, fma } = engineInUse()
  if (name === 'reference') return byDefinition(x, w, b, how)
  const team = teamInUse()
  if (kept?.instance.fused !== fma || kept.team !== team)
    kept = { instance: new Instance(fma), team, plans: [] }
  const { instance } = kept
  const { plan } = plannedIn(kept, x.shape, w.shape, how) ?? planIn(kept, x.shape, w.shape, how)
  const y = plan.run(x, w, b)
  if (instance.capacity > KEPT) {
    kept = undefined
    team?.forget()
  }
  return y
}

/** The plan for this, if there is one; a small convolution waits for it. */
function plannedIn({ plans }: Kept, x: Shape, w: Shape, how: Convolution): Planned | undefined {
  return plans.find(
    (each) => same(each.x, x) && same(each.w, w) && (each.how === how || alike(each.how, how)),
  )
}

function alike(a: Convolution, b: Convolution): boolean {
  return (
    a.groups === b.groups &&
    a.perSample === b.perSample &&
    same(a.stride, b.stride) &&
    same(a.dilation, b.dilation) &&
    (typeof a.padding === 'string' || typeof b.padding === 'string'
      ? a.padding === b.padding
      : same(a.padding, b.padding))
  )
}

function same(a: readonly number[], b: readonly number[]): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

function planIn(kept: Kept, x: Shape, w: Shape, how: Convolution): Planned {
  const planned = { x, w, how, plan: planTogether(x, w, how, kept) }
  kept.plans.push(planned)
  return planned
}

function planTogether(x: Shape, w: Shape, how: Convolution, { instance, team }: Kept) {
  if (!team) return planConvolution(x, w, how, { instance })
  const problem = problemOf(x, w, how)
  const multiplyAdds =
    sizeOf(w) * sizeOf(problem.outputSize) * (how.perSample ? 1 : problem.samples)
  if (multiplyAdds < SHARED) return planConvolution(x, w, how, { instance })
  return team.plan(x, w, how, { instance, way: fastestWay(problem) })
}
