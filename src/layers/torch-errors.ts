// What PyTorch 2.13 says where it refuses, word for word, in the order of its checks.
import { axes, type Geometry, span } from '../tensor/geometry.ts'
import { type Shape, sizeOf } from '../tensor/tensor.ts'

/**
 * The message of F.conv2d for these shapes, or undefined where it computes.
 *
 * @param input (B, C, H, W)
 * @param weight (O, C/g, kh, kw)
 * @param bias (O), if there is one
 */
export function conv2dError(
  input: Shape,
  weight: Shape,
  geometry: Geometry,
  bias?: Shape,
): string | undefined {
  const { groups, padding } = geometry
  const [out = 0, channelsPerGroup = 0] = weight
  const size = list(weight)
  if (out < groups)
    return `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${size} instead`
  if (out % groups !== 0)
    return `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${size}] instead`
  const [batch = 0, channels = 0, ...inputSize] = input
  if (channels !== channelsPerGroup * groups) {
    // `same` evens out an odd number of zeros before the check, so the size it names is one larger
    const grown = axes.map((axis) => {
      const odd = padding === 'same' && span(geometry, axis) % 2 === 0
      return (inputSize[axis] as number) + (odd ? 1 : 0)
    })
    return `Given groups=${groups}, weight of size ${size}, expected input${list([batch, channels, ...grown])} to have ${channelsPerGroup * groups} channels, but got ${channels} channels instead`
  }
  if (bias && (bias.length !== 1 || bias[0] !== out))
    return `Given weight of size ${size}, expected bias to be 1-dimensional with ${out} elements, but got bias of size ${list(bias)} instead`
  return undefined
}

/** The message of Tensor.view, or undefined where the shape holds exactly as many values. */
export function viewError(from: Shape, to: Shape): string | undefined {
  const values = sizeOf(from)
  return sizeOf(to) === values
    ? undefined
    : `shape '${list(to)}' is invalid for input of size ${values}`
}

function list(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}
