// max(0, x), value by value. Where x is not above 0 nothing passes back, as in PyTorch.
import { mapped, mappedPair } from './map.ts'
import { given, type None, type Operation } from './operation.ts'

export const relu: Operation<None> = {
  elementwise: true,
  shape: ([x]) => given(x),
  forward: ([x]) => mapped(given(x), (value) => Math.max(value, 0)),
  backward: (gradient, { parents: [x] }) => [
    mappedPair(gradient, given(x), (slope, value) => (value > 0 ? slope : 0)),
  ],
}
