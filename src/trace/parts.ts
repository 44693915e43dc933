// What a layer costs, in parts: what the work of its steps is for.

/** What a step's work is for. */
export const costParts = ['convolution', 'attention', 'aggregation', 'scaling'] as const
export type CostPart = (typeof costParts)[number]

/** Part of what a layer costs. Multiply-adds and additions are per sample. */
export interface CostLine {
  readonly id: CostPart
  /** learnt values that belong to this part alone */
  readonly parameters: number
  readonly multiplyAdds: number
  /** additions without a multiplication: pooling's; absent if there are none */
  readonly additions?: number
}

/** What a layer costs per sample: the whole, and its parts. */
export interface Cost {
  readonly parameters: number
  readonly multiplyAdds: number
  readonly lines: readonly CostLine[]
}
