// Attention set by hand.
import type { Step } from '../../../trace/trace.ts'

/** Whether the weights are shares: if one grows, the others shrink. */
export function areShares({ op }: Pick<Step, 'op'>): boolean {
  return op === 'softmax' || op === 'linearSoftmax'
}

/**
 * The step's values with weight `k` of one sample set; shares go on summing to 1, the others in
 * the proportions they had.
 * @param size weights that a sample has
 * @param weight from 0 to 1
 */
export function withWeight(
  step: Pick<Step, 'op' | 'values'>,
  size: number,
  sample: number,
  k: number,
  weight: number,
): Float32Array {
  const values = step.values.slice()
  const row = values.subarray(sample * size, (sample + 1) * size)
  if (areShares(step)) {
    const others = row.reduce((sum, value, at) => (at === k ? sum : sum + value), 0)
    const left = 1 - weight
    for (let at = 0; at < size; at++)
      row[at] = others > 0 ? ((row[at] as number) * left) / others : left / (size - 1)
  }
  row[k] = weight
  return values
}
