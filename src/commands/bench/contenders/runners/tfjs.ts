// TensorFlow.js: a trace's operations one by one.
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { type Attributes, operation } from '../../../../ops/index.ts'
import type { Shape } from '../../../../tensor/tensor.ts'
import { tensorNamed } from '../../../../trace/query.ts'
import type { Step, Trace } from '../../../../trace/trace.ts'
import type { Ready } from '../contender.ts'
import { operators, type Tensor, type TensorFlow } from './tfjs-operators.ts'

const channelsLast = [0, 2, 3, 1]
const kernelsLast = [2, 3, 1, 0]

export async function readyTensorFlow(trace: Trace, home: string): Promise<Ready> {
  const load = createRequire(join(home, 'package.json'))
  const tf = load('@tensorflow/tfjs-core') as TensorFlow
  const backend = load('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  backend.setWasmPaths(dirname(load.resolve('@tensorflow/tfjs-backend-wasm')) + sep)
  await tf.setBackend('wasm')
  await tf.ready()
  const layer = layerOf(tf, trace)
  let last: Tensor | undefined
  const run = () => {
    last?.dispose()
    last = tf.tidy(layer)
  }
  return {
    run,
    async output() {
      run()
      return tf.transpose(last as Tensor, [0, 3, 1, 2]).data()
    },
  }
}

/** The forward pass on the trace's input; parameters are laid out for TensorFlow beforehand. */
function layerOf(tf: TensorFlow, trace: Trace): () => Tensor {
  const [input, ...steps] = trace.steps as [Step, ...Step[]]
  const known = (name: string, order: readonly number[]) => {
    const { data, shape } = tensorNamed(trace, name)
    const tensor = tf.tensor(data, shape)
    return [name, shape.length === 4 ? tf.transpose(tensor, order) : tensor] as const
  }
  const beforehand = [
    known(input.id, channelsLast),
    ...trace.parameters.map(({ name }) => known(`parameters/${name}`, kernelsLast)),
  ]
  return () => {
    const values = new Map(beforehand)
    for (const step of steps) {
      const parents = step.from.map((id) => values.get(id) as Tensor)
      values.set(step.id, laidOut(tf, step, compute(tf, step, parents)))
    }
    return values.get(steps.at(-1)?.id as string) as Tensor
  }
}

function compute(tf: TensorFlow, { op, attributes }: Step, parents: readonly Tensor[]): Tensor {
  const operator = operators[op as keyof typeof operators]
  return operator(tf, parents, attributes as Attributes[keyof Attributes] as never)
}

/** As the step's result is seen; what has been laid out already stays so. */
function laidOut(tf: TensorFlow, { op, axes, shape }: Step, result: Tensor): Tensor {
  if (shape.length !== 4) return reshaped(tf, result, shape)
  if (op !== 'input' && operation(op).elementwise) return result
  if (axes[0] !== 'batch') return tf.transpose(reshaped(tf, result, shape), kernelsLast)
  return reshaped(
    tf,
    result,
    channelsLast.map((axis) => shape[axis] as number),
  )
}

function reshaped(tf: TensorFlow, x: Tensor, shape: Shape): Tensor {
  return `${x.shape}` === `${shape}` ? x : tf.reshape(x, shape)
}
