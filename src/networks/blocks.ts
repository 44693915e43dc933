// What a block of each kind consists of.
import { type Stage, toEights } from './network.ts'

/** A convolution, or squeeze-and-excitation on the channels as they are then. */
export type BlockPart =
  | {
      readonly id: string
      readonly out: number
      readonly kernel: number
      readonly stride: number
      readonly depthwise?: true
    }
  | { readonly id: 'squeeze'; readonly squeezed: number }

/** The parts of a block, in order; a shortcut that needs a convolution is the walker's. */
export const blockParts: Readonly<
  Record<Stage['block'], (stage: Stage, channels: number, stride: number) => readonly BlockPart[]>
> = {
  /** He et al.: 3x3, 3x3 */
  basic: ({ out }, _channels, stride) => [
    { id: 'conv1', out, kernel: 3, stride },
    { id: 'conv2', out, kernel: 3, stride: 1 },
  ],

  /** He et al.: 1x1 down to a quarter, 3x3, 1x1 up */
  bottleneck({ out, strideOn }, _channels, stride) {
    const middle = out / 4
    const first = strideOn === 'first'
    return [
      { id: 'conv1', out: middle, kernel: 1, stride: first ? stride : 1 },
      { id: 'conv2', out: middle, kernel: 3, stride: first ? 1 : stride },
      { id: 'conv3', out, kernel: 1, stride: 1 },
    ]
  },

  /** Sandler et al.: 1x1 up (left out where it would widen nothing), depthwise, 1x1 down */
  inverted({ out, kernel = 3, expand = 1, expanded, squeeze }, channels, stride) {
    const middle = expanded ?? channels * expand
    const parts: BlockPart[] = []
    if (middle !== channels) parts.push({ id: 'expand', out: middle, kernel: 1, stride: 1 })
    parts.push({ id: 'depthwise', out: middle, kernel, stride, depthwise: true })
    if (squeeze === 'input') parts.push({ id: 'squeeze', squeezed: Math.floor(channels / 4) })
    if (squeeze === 'middle') parts.push({ id: 'squeeze', squeezed: toEights(middle / 4) })
    parts.push({ id: 'project', out, kernel: 1, stride: 1 })
    return parts
  },
}

/** ResNets convolve the shortcut where shapes change; inverted blocks leave it out there. */
export function convolvesShortcut(stage: Stage, channels: number, stride: number): boolean {
  return stage.block !== 'inverted' && (stride !== 1 || channels !== stage.out)
}
