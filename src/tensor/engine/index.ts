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

/** An instance and the plans that live in its memory, by what they are for. */
interface Kept {
  readonly instance: Instance
  readonly team: Team | undefined
  readonly plans: Map<string, ConvolutionPlan>
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
    kept = { instance: new Instance(fma), team, plans: new Map() }
  const { instance, plans } = kept
  const key = keyOf(x.shape, w.shape, how)
  const plan = plans.get(key) ?? planTogether(x.shape, w.shape, how, kept)
  plans.set(key, plan)
  const y = plan.run(x, w, b)
  if (instance.capacity > KEPT) {
    kept = undefined
    team?.forget()
  }
  return y
}

/** What a plan is for; a small convolution waits for this. */
function keyOf(x: Shape, w: Shape, how: Convolution): string {
  const { groups, stride, padding, dilation, perSample } = how
  const border = typeof padding === 'string' ? padding : `${padding[0]},${padding[1]}`
  return `${x[0]},${x[1]},${x[2]},${x[3]} ${w[0]},${w[1]},${w[2]},${w[3]} ${groups} ${stride[0]},${stride[1]} ${border} ${dilation[0]},${dilation[1]} ${perSample}`
}

function planTogether(x: Shape, w: Shape, how: Convolution, { instance, team }: Kept) {
  if (!team) return planConvolution(x, w, how, { instance })
  const problem = problemOf(x, w, how)
  const multiplyAdds =
    sizeOf(w) * sizeOf(problem.outputSize) * (how.perSample ? 1 : problem.samples)
  if (multiplyAdds < SHARED) return planConvolution(x, w, how, { instance })
  return team.plan(x, w, how, { instance, way: fastestWay(problem) })
}
