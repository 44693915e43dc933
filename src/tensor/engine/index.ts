// How convolutions are computed: in WebAssembly, or by the reference that everything is held against.
import type { Tensor } from '../tensor.ts'
import { engineInUse } from './choice.ts'
import { Instance } from './instance.ts'
import { type Convolution, type ConvolutionPlan, planConvolution } from './plan.ts'
import { conv2d as byDefinition } from './reference.ts'

export { type Engine, engineInUse, engineNames, useEngine } from './choice.ts'
export { canFuse } from './instance.ts'
export { type Convolution, type ConvolutionPlan, planConvolution } from './plan.ts'

/** Memory that is kept from one convolution to the next, in bytes. */
const KEPT = 16 * 2 ** 20

/** An instance and the plans that live in its memory, by what they are for. */
interface Kept {
  readonly instance: Instance
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
  if (kept?.instance.fused !== fma) kept = { instance: new Instance(fma), plans: new Map() }
  const { instance, plans } = kept
  const { groups, stride, padding, dilation, perSample } = how
  const key = [x.shape, w.shape, groups, stride, padding, dilation, perSample].join()
  const plan = plans.get(key) ?? planConvolution(x.shape, w.shape, how, { instance })
  plans.set(key, plan)
  const y = plan.run(x, w, b)
  if (instance.capacity > KEPT) kept = undefined
  return y
}
