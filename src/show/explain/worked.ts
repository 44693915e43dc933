// A step's formula with this run's numbers, for one value of it: follows from the operation.
import { decimal } from '../../base/format.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import { broadcastAt, mixtureOf } from '../../trace/mixture.ts'
import { tensorNamed } from '../../trace/query.ts'
import type { Step, Trace, WindowStep } from '../../trace/trace.ts'
import { windowStep } from '../../trace/window.ts'
import { type Focus, kernelPlace } from './focus.ts'
import { productText, signedText, termsText } from './sum-text.ts'
import { isMade } from './view-of.ts'
import { isScored, type Scored, workedWeight } from './worked-weight.ts'

/**
 * Equations, each in pieces that its line may be broken between; none for a step that computes
 * nothing.
 */
export function workedOut(trace: Trace, step: Step, focus: Focus): string[][] {
  if (isScored(step)) return workedWeight(trace, step, focus)
  const equation = workedValue(trace, step, focus)
  return equation.length > 0 ? [equation] : []
}

function workedValue(trace: Trace, step: Exclude<Step, Scored>, focus: Focus): string[] {
  const parentOf = (which: number) => tensorNamed(trace, step.from[which] as string)
  const parent = (which: number, at: number) => parentOf(which).data[at] as number
  const n = focus.sample
  const result = (index: readonly number[]) => [
    `= ${decimal(step.values[flatten(index, step.shape)] as number)}`,
  ]
  const name = (index: readonly number[]) => `${step.id}[${index.join(',')}] =`

  switch (step.op) {
    case 'input':
    case 'identity':
      return []
    case 'globalAveragePool': {
      const size = sizeOf(parentOf(0).shape.slice(2))
      const index = [n, channelOf(trace, step, focus), 0, 0]
      const first = flatten(index.slice(0, 2), step.shape) * size
      const terms = Array.from({ length: Math.min(size, 4) }, (_, i) =>
        signedText(parent(0, first + i)),
      )
      const sum = termsText([...terms, ...(size > 4 ? ['…'] : [])]).join(' ')
      return [name(index), `(${sum})`, `/ ${size}`, ...result(index)]
    }
    case 'conv2d': {
      const index = placeOf(trace, step, focus)
      const [, o = 0, i = 0, j = 0] = index
      const window = windowStep(trace, [n, o, i, j], step.id) as WindowStep
      const pointwise = window.products.length === window.sums.length
      const terms = pointwise
        ? [...window.kernel].map((w, i) => productText([w, window.patch[i] as number]))
        : window.sums.map(signedText)
      const bias = step.from.length > 2 ? [`+ ${signedText(window.bias)}`] : []
      return [name(index), ...termsText(terms), ...bias, ...result(index)]
    }
    case 'linear': {
      const o = within(focus.expert, step.shape[1])
      const size = parentOf(1).shape[1] as number
      const terms = Array.from({ length: size }, (_, c) =>
        productText([parent(1, o * size + c), parent(0, n * size + c)]),
      )
      const bias = step.from.length > 2 ? [`+ ${signedText(parent(2, o))}`] : []
      return [name([n, o]), ...termsText(terms), ...bias, ...result([n, o])]
    }
    case 'batchNorm': {
      const index = placeOf(trace, step, focus)
      const [weight, bias, mean, variance] = [1, 2, 3, 4].map((which) =>
        decimal(parent(which, index[1] as number)),
      )
      const x = decimal(parent(0, flatten(index, step.shape)))
      const root = `sqrt(${variance} + ${step.attributes.eps})`
      return [
        name(index),
        `(${x} - ${mean})`,
        `/ ${root}`,
        `× ${weight}`,
        `+ ${bias}`,
        ...result(index),
      ]
    }
    case 'relu': {
      const index = placeOf(trace, step, focus)
      return [
        name(index),
        `max(0, ${decimal(parent(0, flatten(index, step.shape)))})`,
        ...result(index),
      ]
    }
    case 'matmul':
    case 'productSum': {
      const mixture = mixtureOf(trace, step)
      if (mixture === undefined) return []
      const { shape } = step
      const per = (shape[0] as number) / (trace.input.shape[0] as number)
      const place = kernelPlace(trace, focus)
      const index = [n * per + place.out, place.at, 0, 0].slice(0, shape.length)
      const at = flatten(index, shape) - n * mixture.size
      const terms = Array.from({ length: mixture.terms }, (_, k) =>
        productText(mixture.factors(k, n, at)),
      )
      return [name(index), ...termsText(terms), ...result(index)]
    }
    case 'multiply': {
      const index = placeOf(trace, step, focus)
      const factors = [0, 1].map((which) => broadcastAt(parentOf(which), index))
      return [name(index), productText(factors), ...result(index)]
    }
    default:
      return step satisfies never
  }
}

/** The value of a step that is in focus: a pixel of a map, or one of a few values. */
function placeOf(trace: Trace, step: Step, focus: Focus): number[] {
  const [, channels = 1, rows = 1, columns = 1] = step.shape
  const pixel = focus.pixel.map((at, axis) => within(at, [rows, columns][axis]))
  const index =
    rows * columns > 1
      ? [focus.sample, channelOf(trace, step, focus), ...pixel]
      : [focus.sample, within(isMade(trace, step) ? focus.out : focus.expert, channels), 0, 0]
  return index.slice(0, step.shape.length)
}

/** The channel in focus: an output channel from the layer's convolution on, an input channel before. */
function channelOf(trace: Trace, step: Step, focus: Focus): number {
  return within(isMade(trace, step) ? focus.out : focus.in, step.shape[1])
}

function within(at: number, size = 1): number {
  return Math.min(at, size - 1)
}

function flatten(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((sum, at, axis) => sum * (shape[axis] as number) + at, 0)
}
