// The walker: from a network's table to its layers in order, each with the shapes it meets.
import type { GeometryConfig } from '../layers/geometry-options.ts'
import type { Role } from '../layers/network-use.ts'
import { outputSize, type Pair } from '../tensor/geometry.ts'
import { blockParts, convolvesShortcut } from './blocks.ts'
import type { Network } from './network.ts'

/** Where a unit stands: its stage, the block in it, both from 1; none outside the stages. */
export interface Place {
  readonly stage: number
  readonly block: number
}

interface Common {
  /** stage2.1.depthwise */
  readonly name: string
  readonly place?: Place
}

/** One layer of a network with its shapes. Every convolution has a batch norm behind it. */
export type Unit = Common &
  (
    | {
        readonly kind: 'convolution'
        readonly role: Role
        readonly geometry: GeometryConfig
        readonly inputSize: Pair
        readonly outputSize: Pair
      }
    | {
        readonly kind: 'squeeze-excitation'
        readonly channels: number
        readonly squeezed: number
        readonly inputSize: Pair
      }
    | { readonly kind: 'linear'; readonly in: number; readonly out: number }
    | { readonly kind: 'pool'; readonly channels: number; readonly inputSize: Pair }
  )

/** The layers of the network for an input of `size` rows and columns, 3 channels. */
export function unitsOf(network: Network, size: Pair): readonly Unit[] {
  const units: Unit[] = []
  let channels = 3
  let now = size

  /** Adds a convolution of what `from` says and returns what comes out of it. */
  function convolve(
    name: string,
    role: Role,
    part: { out: number; kernel: number; stride: number; depthwise?: true },
    place?: Place,
    from = { channels, size: now },
  ): { channels: number; size: Pair } {
    const { out, kernel, stride } = part
    const half = Math.floor(kernel / 2)
    const geometry: GeometryConfig = {
      in: from.channels,
      out,
      kernelSize: [kernel, kernel],
      stride: [stride, stride],
      padding: [half, half],
      dilation: [1, 1],
      groups: part.depthwise ? from.channels : 1,
    }
    const after = outputSize(geometry, from.size)
    units.push({
      kind: 'convolution',
      name,
      role,
      geometry,
      inputSize: from.size,
      outputSize: after,
      ...(place && { place }),
    })
    return { channels: out, size: after }
  }

  function next(result: { channels: number; size: Pair }) {
    channels = result.channels
    now = result.size
  }

  next(convolve('stem', 'stem', network.stem))
  if (network.maxPool) now = [Math.ceil(now[0] / 2), Math.ceil(now[1] / 2)]

  for (const [s, stage] of network.stages.entries())
    for (let block = 1; block <= stage.repeats; block++) {
      const place = { stage: s + 1, block }
      const name = `stage${place.stage}.${block}`
      const stride = block === 1 ? stage.stride : 1
      const input = { channels, size: now }
      for (const part of blockParts[stage.block](stage, channels, stride))
        if ('squeezed' in part)
          units.push({
            kind: 'squeeze-excitation',
            name: `${name}.${part.id}`,
            place,
            channels,
            squeezed: part.squeezed,
            inputSize: now,
          })
        else next(convolve(`${name}.${part.id}`, 'block', part, place))
      if (convolvesShortcut(stage, input.channels, stride)) {
        const part = { out: stage.out, kernel: 1, stride }
        convolve(`${name}.shortcut`, 'shortcut', part, place, input)
      }
    }

  if (network.head !== undefined)
    next(convolve('head', 'head', { out: network.head, kernel: 1, stride: 1 }))
  units.push({ kind: 'pool', name: 'pool', channels, inputSize: now })
  for (const [at, out] of network.classifier.entries()) {
    const name = network.classifier.length === 1 ? 'classifier' : `classifier.${at + 1}`
    units.push({ kind: 'linear', name, in: channels, out })
    channels = out
  }
  return units
}
