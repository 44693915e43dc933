// The random streams of experiments: float32 units of PyTorch's generator, one word each, and what
// is made of them in float64. Rounding to float32 happens where a result is stored.
import { manualSeed } from '../../random/generator.ts'

export interface Units {
  /** the next unit: a multiple of 2^-24 in [0, 1) */
  next(): number
  /** a whole number from 0 to n - 1 */
  below(n: number): number
}

/** A fresh stream: torch.rand(..., generator=torch.Generator().manual_seed(seed)). */
export function units(seed: number): Units {
  const generator = manualSeed(seed)
  let block: Float32Array = new Float32Array(0)
  let at = 0
  const next = () => {
    if (at === block.length) {
      block = generator.rand(BLOCK)
      at = 0
    }
    return block[at++] as number
  }
  return { next, below: (n) => Math.floor(n * next()) }
}

/** Drawn at a time; the stream does not depend on it. */
const BLOCK = 4096

/** The numbers 0 to n - 1 in random order (Fisher-Yates from the end): n - 1 draws. */
export function shuffled(n: number, stream: Units): Int32Array {
  const order = Int32Array.from({ length: n }, (_, at) => at)
  for (let i = n - 1; i > 0; i--) {
    const j = stream.below(i + 1)
    const held = order[i] as number
    order[i] = order[j] as number
    order[j] = held
  }
  return order
}
