// How papers put a layer in place of a network's convolutions, and what of it they leave out.
import type { Text } from '../base/text.ts'

/** What a convolution is in the network. */
export type Role = 'stem' | 'block' | 'shortcut' | 'head'

export interface Placement {
  readonly roles: readonly Role[]
  /** only in so many stages at the end */
  readonly lastStages?: number
  /** no paper counts this pair */
  readonly unpublished?: true
}

/** How a layer is set up for a convolution of `channels` input channels, and what it lacks. */
export interface NetworkUse {
  /** by the network's name; elsewhere the layer stands in every convolution of the blocks */
  readonly places: Readonly<Record<string, Placement>>
  /** the layer's options besides geometry and kernels; none has a bias on its convolution */
  options?(channels: number): Readonly<Record<string, unknown>>
  /** parameters of the layer that the paper's attention does not have, by state_dict name */
  readonly without?: readonly string[]
  /** one attention, on a block's input, serves all convolutions of the block */
  readonly sharedInBlock?: true
  /** how it was counted, sentence by sentence */
  readonly words: readonly Text[]
}

export const everyBlock: Placement = { roles: ['block'] }
