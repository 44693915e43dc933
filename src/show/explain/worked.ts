// A step's formula with this run's numbers, for one value of it: follows from the operation.

import { decimal } from '../../base/format.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import { mixtureOf } from '../../trace/mixture.ts'
import { tensorNamed } from '../../trace/query.ts'
import type { Step, Trace } from '../../trace/trace.ts'
import { lastOf, makerOf, windowStep } from '../../trace/window.ts'
import { type Focus, kernelPlace } from './focus.ts'

/** Terms that are written; of longer sums the middle is left out, and dots say so. */
const TERMS = 8

/** Pieces of one line that may be broken between them; none for a step that computes nothing. */
export function workedOut(trace: Trace, step: Step, focus: Focus): string[] {
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
      const index = [n, focus.in, 0, 0]
      const first = flatten(index.slice(0, 2), step.shape) * size
      const terms = Array.from({ length: Math.min(size, 4) }, (_, i) =>
        signed(parent(0, first + i)),
      )
      const sum = sumOf([...terms, ...(size > 4 ? ['…'] : [])]).join(' ')
      return [name(index), `(${sum})`, `/ ${size}`, ...result(index)]
    }
    case 'conv2d': {
      const o = within(
        step === makerOf(trace).convolution ? focus.out : focus.expert,
        step.shape[1],
      )
      const pixel =
        step.shape.length === 4 && (step.shape[2] as number) * (step.shape[3] as number) > 1
          ? focus.pixel
          : [0, 0]
      const index = [n, o, ...pixel].slice(0, step.shape.length)
      const window = windowStep(trace, [n, o, pixel[0] as number, pixel[1] as number], step.id)
      const pointwise = window.products.length === window.sums.length
      const terms = pointwise
        ? [...window.kernel].map((w, i) => product([w, window.patch[i] as number]))
        : window.sums.map(signed)
      const bias = step.from.length > 2 ? [`+ ${signed(window.bias)}`] : []
      return [name(index), ...sumOf(terms), ...bias, ...result(index)]
    }
    case 'linear': {
      const o = within(focus.expert, step.shape[1])
      const size = parentOf(1).shape[1] as number
      const terms = Array.from({ length: size }, (_, c) =>
        product([parent(1, o * size + c), parent(0, n * size + c)]),
      )
      const bias = step.from.length > 2 ? [`+ ${signed(parent(2, o))}`] : []
      return [name([n, o]), ...sumOf(terms), ...bias, ...result([n, o])]
    }
    case 'batchNorm': {
      const [weight, bias, mean, variance] = [1, 2, 3, 4].map((which) => decimal(parent(which, 0)))
      const x = decimal(parent(0, n * (step.shape[1] as number)))
      const root = `sqrt(${variance} + ${step.attributes.eps})`
      const index = [n, 0, 0, 0]
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
      const c = within(focus.expert, step.shape[1])
      const index = [n, c, 0, 0].slice(0, step.shape.length)
      return [
        name(index),
        `max(0, ${decimal(parent(0, flatten(index, step.shape)))})`,
        ...result(index),
      ]
    }
    case 'sigmoid': {
      const index = [n, within(focus.expert, step.shape[1])]
      const x = signed(-parent(0, flatten(index, step.shape)))
      return [name(index), `1 / (1 + exp(${x} / ${step.attributes.temperature}))`, ...result(index)]
    }
    case 'softmax': {
      const K = step.shape[1] as number
      const k = within(focus.expert, K)
      const power = (at: number) =>
        `exp(${decimal(parent(0, n * K + at))} / ${step.attributes.temperature})`
      const powers = Array.from({ length: K }, (_, at) => power(at))
      const [first = '', ...more] = sumOf(powers)
      return [
        name([n, k]),
        power(k),
        `/ (${first}`,
        ...more.slice(0, -1),
        ...(more.length > 0 ? [`${more.at(-1)})`] : [')']),
        ...result([n, k]),
      ]
    }
    case 'linearSigmoid':
    case 'linearSoftmax': {
      const size = sizeOf(step.shape.slice(1))
      const o = within(focus.expert, size)
      const f = step.op === 'linearSigmoid' ? 'sigmoid' : 'softmax'
      const width = sizeOf(parentOf(0).shape.slice(1))
      const terms = Array.from({ length: width }, (_, c) =>
        product([parent(1, o * width + c), parent(0, n * width + c)]),
      )
      const value = step.values[n * size + o] as number
      const [first = '', ...more] = sumOf(terms, 2)
      return [
        `${step.id} ${o} =`,
        `${f}(${first}`,
        ...more,
        `+ ${signed(parent(2, o))})`,
        `= ${decimal(value)}`,
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
        product(mixture.factors(k, n, at)),
      )
      return [name(index), ...sumOf(terms), ...result(index)]
    }
    case 'multiply': {
      const whole = step.id === lastOf(trace).id
      const c = within(whole ? focus.out : focus.in, step.shape[1])
      const pixel = focus.pixel.map((at, axis) => within(at, step.shape[2 + axis]))
      const index = [n, c, ...pixel]
      const weight = tensorNamed(trace, step.from[1] as string)
      const scale = weight.data[n * (weight.shape[1] as number) + c] as number
      const x = parent(0, flatten(index, step.shape))
      return [name(index), product([x, scale]), ...result(index)]
    }
    default:
      return step satisfies never
  }
}

/** The first terms, dots for those left out; only the first needs no brackets around a minus. */
function sumOf(terms: readonly string[], most = TERMS): string[] {
  const shown = terms.length > most ? [...terms.slice(0, most), '…'] : terms
  return shown.map((term, at) => (at === 0 ? term.replace(/^\((-[^)]*)\)/, '$1') : `+ ${term}`))
}

function product(factors: readonly number[]): string {
  return factors.map(signed).join('·')
}

/** A number behind a sign of its own. */
function signed(value: number): string {
  const text = decimal(value)
  return text.startsWith('-') ? `(${text})` : text
}

function within(at: number, size = 1): number {
  return Math.min(at, size - 1)
}

function flatten(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((sum, at, axis) => sum * (shape[axis] as number) + at, 0)
}
