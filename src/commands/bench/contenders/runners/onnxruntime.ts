import { createRequire } from 'node:module'
import { join } from 'node:path'
import { writeOnnx } from '../../../../files/onnx/model.ts'
import type { Trace } from '../../../../trace/trace.ts'
import { lastOf } from '../../../../trace/window.ts'
import type { Ready } from '../contender.ts'

interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<Session>
  }
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => Tensor
  readonly env: { readonly wasm: { numThreads: number } }
}
interface Session {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>
}
interface Tensor {
  readonly data: Float32Array
}

/** The trace's layer as a model of a fixed batch, which needs no more than one convolution. */
export async function readyOnnx(
  name: string,
  trace: Trace,
  home: string,
  threads: number,
): Promise<Ready> {
  const runtime = createRequire(join(home, 'package.json'))(name) as OnnxRuntime
  runtime.env.wasm.numThreads = threads
  const model = writeOnnx(trace, { version: '', metadata: {}, batch: 'fixed' })
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  })
  const input = new runtime.Tensor(
    'float32',
    trace.steps[0]?.values as Float32Array,
    trace.input.shape,
  )
  const run = () => session.run({ input })
  const { id } = lastOf(trace)
  return { run, output: async () => (await run())[id]?.data as Float32Array }
}
