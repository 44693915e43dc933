import type { Generator } from './generator.ts'

/** Draws the starting values of a parameter of this shape, row-major. */
export type Initialiser = (generator: Generator, shape: readonly number[]) => Float32Array

/**
 * U(-1/sqrt(fanIn), 1/sqrt(fanIn)): how `nn.Conv2d` and `nn.Linear` start both their weight
 * (`torch.nn.init.kaiming_uniform_` with a = sqrt(5)) and their bias (`torch.nn.init.uniform_`).
 *
 * @param fanIn what one output sums over: in/groups * rows * cols of the kernel, 1 or more
 */
export function kaimingUniform(fanIn: number): Initialiser {
  const bound = 1 / Math.sqrt(fanIn)
  return (generator, shape) => generator.uniform(sizeOf(shape), -bound, bound)
}

/**
 * N(0, 2/fanOut): `torch.nn.init.kaiming_normal_` with mode = 'fan_out', nonlinearity = 'relu'.
 *
 * @param fanOut how many outputs one input reaches: out * rows * cols of the kernel, 1 or more
 */
export function kaimingNormal(fanOut: number): Initialiser {
  const std = Math.SQRT2 / Math.sqrt(fanOut)
  return (generator, shape) => generator.normal(sizeOf(shape), 0, std)
}

/**
 * Draws one slice along the first axis after another, as a loop over experts does. For normals
 * that is another stream than one draw of the whole.
 *
 * @param initialise draws a slice, whose shape lacks the first axis
 */
export function perSlice(initialise: Initialiser): Initialiser {
  return (generator, [slices = 0, ...sliceShape]) => {
    const sliceSize = sizeOf(sliceShape)
    const values = new Float32Array(slices * sliceSize)
    for (let k = 0; k < slices; k++) values.set(initialise(generator, sliceShape), k * sliceSize)
    return values
  }
}

/** N(0, 1): `torch.randn`. */
export const standardNormal: Initialiser = (generator, shape) => generator.randn(sizeOf(shape))

/** The same value everywhere (`torch.nn.init.constant_`); draws nothing. */
export function constant(value: number): Initialiser {
  return (_generator, shape) => new Float32Array(sizeOf(shape)).fill(value)
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1)
}
