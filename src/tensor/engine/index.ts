// How convolutions are computed: in WebAssembly, or by the reference that everything is held against.
import { isFloat64 } from '../memory.ts'
import type { Tensor } from '../tensor.ts'
import { chosenEngine } from './choice.ts'
import type { ConvolutionOptions } from './convolution-plan.ts'
import { conv2d as byDefinition } from './reference.ts'
import { resultArenaInUse } from './result-arena.ts'
import { Workspace } from './workspace.ts'

export { asFarAsPossible, chosenEngine, useEngine } from './choice.ts'
export {
  type ConvolutionOptions,
  type ConvolutionPlan,
  planConvolution,
} from './convolution-plan.ts'
export { type Engine, type EngineInUse, engineNames } from './engine.ts'
export { canCompute, canFuse } from './instance.ts'
export { ResultArena } from './result-arena.ts'
export { engineInUse, useWorkerPool, workerPoolInUse } from './threads/pool-in-use.ts'

/** Memory that is kept from one convolution to the next, in bytes. */
const KEPT = 64 * 2 ** 20

let kept: Workspace | undefined

/**
 * @param x (B, C, H, W)
 * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
 * @param b (O) or (B·O), or none
 * @returns (B, O, H', W')
 */
export function conv2d(
  x: Tensor,
  w: Tensor,
  b: Tensor | undefined,
  how: ConvolutionOptions,
): Tensor {
  if (chosenEngine().name === 'reference' || isFloat64(x.data)) return byDefinition(x, w, b, how)
  const repeated = resultArenaInUse()?.planFor(x.shape, w.shape, how)
  if (repeated) return repeated.run(x, w, b)
  if (kept && !kept.upToDate) forgetKept()
  kept ??= new Workspace()
  const plan = kept.find(x.shape, w.shape, how) ?? kept.make(x.shape, w.shape, how)
  const y = plan.run(x, w, b)
  if (kept.instance.capacity > KEPT) forgetKept()
  return y
}

function forgetKept(): void {
  kept?.pool?.release(kept.instance)
  kept = undefined
}
