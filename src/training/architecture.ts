// What a network made out for one model is: its layers, with every size.

export type Pooling = 'none' | 'max2' | 'global-max'

/** A square convolution of stride 1 on square maps, and what follows it. */
export interface ConvolutionLayer {
  readonly in: number
  readonly out: number
  /** rows, and columns, of its kernel */
  readonly kernel: 1 | 3
  readonly padding: 0 | 1
  /** rows, and columns, of its input and of its output before pooling */
  readonly inputSize: number
  readonly outputSize: number
  readonly relu: boolean
  readonly pooling: Pooling
}

/** A network made out for one model: every size is known. */
export interface Architecture {
  readonly layers: readonly ConvolutionLayer[]
  /** none where the last convolution's map is the output */
  readonly classifier?: { readonly features: number; readonly classes: number }
}
