// How convolutions are computed: in WebAssembly, or by the reference that everything is held against.
import type { Tensor } from '../tensor.ts'
import { canFuse, Instance } from './instance.ts'

import { type Convolution, planConvolution } from './plan.ts'
import { conv2d as byDefinition } from './reference.ts'

export { canFuse }

export const engineNames = ['wasm', 'reference'] as const

/** What computes, as --json says it. */
export interface Engine {
  readonly name: (typeof engineNames)[number]
  /** sums with fused multiply-adds, which round once: other last bits */
  readonly fma: boolean
}

/** Memory that is kept from one convolution to the next, in bytes. */
const KEPT = 64 * 2 ** 20

let chosen: Engine | undefined
let shared: Instance | undefined

/** The engine in use: the fastest that this machine has, if nobody has chosen. */
export function engineInUse(): Engine {
  chosen ??= { name: 'wasm', fma: canFuse() }
  return chosen
}

/** Chooses the engine for everything that follows. */
export function useEngine(engine: Engine): void {
  chosen = engine
  shared = undefined
}

/**
 * @param x (B, C, H, W)
 * @param w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample
 * @param b (O) or (B·O), or none
 * @returns (B, O, H', W')
 */
export function conv2d(x: Tensor, w: Tensor, b: Tensor | undefined, how: Convolution): Tensor {
  const { name, fma } = engineInUse()
  if (name === 'reference') return byDefinition(x, w, b, how)
  shared ??= new Instance(fma)
  const before = shared.size
  const y = planConvolution(x.shape, w.shape, how, shared).run(x, w, b)
  shared.release(before)
  if (shared.capacity > KEPT) shared = undefined
  return y
}
