// The process of a contender in JavaScript: makes its layer ready, times it, leaves its result.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startWorkerPool } from '../cli/start-pool.ts'
import type { ContenderReply, Ready, Request } from '../commands/bench/contenders/contender.ts'
import { readyConvlab } from '../commands/bench/contenders/runners/convlab.ts'
import { readyOnnx } from '../commands/bench/contenders/runners/onnxruntime.ts'
import { readyTensorFlow } from '../commands/bench/contenders/runners/tfjs.ts'
import { measure } from '../commands/bench/measure.ts'
import { measurePeak } from '../commands/bench/peak.ts'
import { layers } from '../layers/index.ts'
import { traceLayer } from '../run/run.ts'
import { useEngine } from '../tensor/engine/index.ts'

const clock = () => performance.now()

async function answer(request: Request): Promise<ContenderReply> {
  const { contender, engine, output } = request
  useEngine(engine)
  if (contender === 'convlab') startWorkerPool(join(__dirname, 'thread.cjs'))
  const ready = await readyFor(request)
  const time = await measure(() => ready.run(), clock)
  const values = await ready.output()
  writeFileSync(output, new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return { time, ...(contender === 'convlab' && { peak: await measurePeak(engine.fma, clock) }) }
}

async function readyFor(request: Request): Promise<Ready> {
  const { contender, part, layer: name, given, threads, home } = request
  const trace = traceLayer(layers[name], given)
  if (contender === 'convlab') return readyConvlab(part, trace)
  if (contender === 'tfjs') return readyTensorFlow(trace, String(home))
  return readyOnnx(contender, trace, String(home), threads)
}

answer(JSON.parse(process.argv[2] as string)).then((result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)) // peers keep threads
})
