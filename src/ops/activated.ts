// A linear layer and its activation as one operation: scores that nobody looks at.
import { linear } from './linear.ts'
import { given, type Operation } from './operation.ts'

/** @param activation keeps the shape of what it is applied to */
export function activatedLinear<Attributes>(
  activation: Operation<Attributes>,
): Operation<Attributes> {
  return {
    shape: (parents) => linear.shape(parents, {}),

    forward: (parents, attributes) => activation.forward([linear.forward(parents, {})], attributes),

    backward(gradient, { parents, output, attributes }) {
      const scores = linear.forward(parents, {})
      const made = { parents: [scores], output, attributes }
      const [slope = gradient] = activation.backward(gradient, made)
      return linear.backward(slope, { parents, output: scores, attributes: {} })
    },

    convolution: (parents) => given(linear.convolution)(parents, {}),
  }
}
