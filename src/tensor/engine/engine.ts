// What an engine is. It imports nothing: a trace says which one computed it, so these types are published.

export const engineNames = ['wasm', 'reference'] as const

export interface Engine {
  readonly name: (typeof engineNames)[number]
  /** sums with fused multiply-adds, which round once: other last bits */
  readonly fma: boolean
  /** for long work: so many, or as many as there are cores; they change no bit */
  readonly threads: number | 'auto'
}

/** What computes, as --json says it. */
export interface EngineInUse extends Engine {
  /** that are there to compute together */
  readonly threads: number
}
