// y = 1 / (1 + exp(-x/T)), value by value; dx = dy · y (1 - y) / T.
import { mapped, mappedPair } from './map.ts'
import { given, type Operation } from './operation.ts'

export interface Sigmoid {
  readonly temperature: number
}

export const sigmoid: Operation<Sigmoid> = {
  elementwise: true,
  shape: ([x]) => given(x),
  forward: ([x], { temperature }) =>
    mapped(given(x), (value) => 1 / (1 + Math.exp(-value / temperature))),
  backward: (gradient, { output, attributes: { temperature } }) => [
    mappedPair(gradient, output, (slope, y) => (slope * y * (1 - y)) / temperature),
  ],
}
