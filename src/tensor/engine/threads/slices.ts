// A convolution in slices that do not need each other: of its samples, its groups or its output channels.
// A slice is a convolution itself, and its values lie side by side in every tensor.
import { subarrayOf } from '../../memory.ts'
import { type Shape, sizeOf } from '../../tensor.ts'
import type { ConvolutionOptions } from '../convolution-plan.ts'
import { problemOf } from '../problem.ts'
import { PANEL } from '../wasm/tiles.ts'

export interface Slice {
  /** shapes of its input and kernels */
  readonly x: Shape
  readonly w: Shape
  readonly how: ConvolutionOptions
  /** where its values are in the whole tensors: input, kernels, bias and output */
  readonly values: Readonly<Record<'x' | 'w' | 'b' | 'y', Span>>
}

export interface Span {
  readonly start: number
  readonly count: number
}

/**
 * @param x shape of the input
 * @param w shape of the kernels
 * @param threads slices that are computed at the same time
 * @param most values of input and output that a slice should have, where it is of samples
 * @returns slices of nearly the same size; only one if there is nothing to cut
 */
export function slicesOf(
  x: Shape,
  w: Shape,
  how: ConvolutionOptions,
  threads: number,
  most: number,
): Slice[] {
  const { samples, groups, inputs, outputs, inputSize, outputSize } = problemOf(x, w, how)
  const kernel = sizeOf(w.slice(1))
  const [input, output] = [inputs * sizeOf(inputSize), sizeOf(outputSize)]
  const all = { samples: full(samples), groups: full(groups), outputs: full(outputs) }

  function slice(axis: keyof typeof all, span: Span): Slice {
    const { samples: n, groups: g, outputs: o }: typeof all = { ...all, [axis]: span }
    const sets = how.perSample ? n : full(1)
    const place = ({ start }: Span) => (start * groups + g.start) * outputs + o.start
    const channels = g.count * o.count
    return {
      x: [n.count, g.count * inputs, ...inputSize],
      w: [sets.count * channels, ...w.slice(1)],
      how: { ...how, groups: g.count },
      values: {
        x: { start: (n.start * groups + g.start) * input, count: n.count * g.count * input },
        w: { start: place(sets) * kernel, count: sets.count * channels * kernel },
        b: { start: place(sets), count: sets.count * channels },
        y: { start: place(n) * output, count: n.count * channels * output },
      },
    }
  }

  if (samples > 1) {
    const perSample = groups * (input + outputs * output)
    const atOnce = threads * Math.max(1, Math.floor(most / perSample))
    return cut(samples, threads * Math.ceil(samples / atOnce)).map((span) => slice('samples', span))
  }
  if (groups > 1) return cut(groups, threads).map((span) => slice('groups', span))
  return cut(Math.ceil(outputs / PANEL), threads).map(({ start, count }) => {
    const first = start * PANEL
    return slice('outputs', { start: first, count: Math.min(outputs - first, count * PANEL) })
  })
}

/** Those of the values. */
export function valuesOf({ start, count }: Span, values: Float32Array): Float32Array {
  return subarrayOf(values, start, start + count)
}

/** Slices of one kind have one plan. */
export function kindOf({ x, w }: Slice): string {
  return `${x} ${w}`
}

const full = (count: number): Span => ({ start: 0, count })

/** 0 to `count` in so many parts, or as many as there are things. */
function cut(count: number, parts: number): Span[] {
  const pieces = Math.min(count, parts)
  const edge = (piece: number) => Math.floor((piece * count) / pieces)
  return Array.from({ length: pieces }, (_, piece) => ({
    start: edge(piece),
    count: edge(piece + 1) - edge(piece),
  }))
}
