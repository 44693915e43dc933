// What the filter network came to: the kernel that it convolves the noise with, for every cue.
import type { Images } from '../data/images.ts'
import type { BuiltNetwork } from '../network/build.ts'
import type { ModelParameters } from '../network/parameters.ts'
import { runForward } from './evaluate.ts'

const TAPS = 9
const CUES = 4

/**
 * Σ k  (the cue's mean pi)_k · W_k of the noise's channel, a kernel for every cue; the same four
 * times where there is no attention. None for a network of more layers, which is no kernel.
 */
export function learntFilters(
  net: BuiltNetwork,
  { layers }: ModelParameters,
  images: Images,
): { readonly filters?: readonly (readonly number[])[] } {
  const [layer, ...others] = layers
  if (layer === undefined || others.length > 0) return {}
  const { rows: K, stride, value } = layer.experts
  runForward(net, { images, first: 0, samples: images.count })
  const pi = net.attentions[0]?.pi
  const filters = Array.from({ length: CUES }, (_, cue) => {
    const samples = [...images.labels.keys()].filter((n) => images.labels[n] === cue)
    const weights = Array.from({ length: K }, (_, k) =>
      pi
        ? samples.reduce((sum, n) => sum + (pi.value[n * K + k] as number), 0) / samples.length
        : 1 / K,
    )
    return Array.from({ length: TAPS }, (_, tap) =>
      weights.reduce((sum, weight, k) => sum + weight * (value[k * stride + tap] as number), 0),
    )
  })
  return { filters }
}
