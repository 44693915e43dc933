// What an operation is: its result's shape, its value, its derivative and its multiply-adds, said once.
// Shapes, costs, times and backward passes of layers all follow from it.
import type { KernelSharing } from '../tensor/engine/reference.ts'
import type { Geometry } from '../tensor/geometry.ts'
import type { Shape, Tensor } from '../tensor/tensor.ts'

/** Tensors by place; a place may be empty, as a convolution's bias. */
export type Parents = readonly (Tensor | undefined)[]
export type ParentShapes = readonly (Shape | undefined)[]

/** What a forward pass had and made. */
export interface Made<Attributes> {
  readonly parents: Parents
  readonly output: Tensor
  readonly attributes: Attributes
}

/** @typeParam Attributes what it needs to know besides its tensors */
export interface Operation<Attributes> {
  /** The result's shape, known before anything is computed. */
  shape(parents: ParentShapes, attributes: Attributes): Shape
  /** float32 in, float32 out; sums run in float64 and round once, convolutions in the engine's float32. */
  forward(parents: Parents, attributes: Attributes): Tensor
  /**
   * The chain rule: from the loss's gradient with respect to the result to those with respect to
   * every parent, each of its parent's shape.
   */
  backward(gradient: Tensor, made: Made<Attributes>): readonly (Tensor | undefined)[]
  /** A value depends on the first parent's at the same place alone, besides the other parents. */
  readonly elementwise?: true
  /** The convolution that the engine computes it as, if it is one, in these or other words. */
  convolution?(parents: ParentShapes, attributes: Attributes): ConvolutionShapes
  /** Of the whole batch. None where it is left out; a convolution's follow from its shapes. */
  multiplyAdds?(parents: ParentShapes, attributes: Attributes): number
  /** Where additions are all there is: of the whole batch. */
  additions?(parents: ParentShapes): number
}

/** A convolution of x (B, C, H, W) with w (O, C/g, kh, kw), or (B·O, C/g, kh, kw) if perSample. */
export interface ConvolutionShapes {
  readonly x: Shape
  readonly w: Shape
  readonly how: Conv2d
}

export type Conv2d = Geometry & KernelSharing

/** An operation without attributes. */
export type None = Readonly<Record<never, never>>

/**
 * A parent that the operation cannot do without.
 * @throws {TypeError} if it is missing
 */
export function given<T>(parent: T | undefined): T {
  if (parent === undefined) throw new TypeError('an operation lacks one of its tensors')
  return parent
}

export function present<T>(parent: T | undefined): parent is T {
  return parent !== undefined
}
