// A process that makes the tensors of a convolution, and runs it once if it is told to.
import { ops } from '../../../src/ops/index.ts'
import { tensor } from '../../../src/tensor/tensor.ts'

const { x, w, b, attributes, convolve } = JSON.parse(process.argv[2])

/** Every value is written, so that the system has to find memory for all of them. */
function filled(shape) {
  const length = shape.reduce((product, n) => product * n)
  return tensor(new Float32Array(length).fill(0.5), shape)
}

const tensors = [x, w, b].map(filled)
if (convolve) ops.conv2d.forward(tensors, attributes)
