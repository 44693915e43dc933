// A thread that runs one layer and hands its trace over.
import { parentPort, workerData } from 'node:worker_threads'
import { type LayerName, layers } from '../layers/index.ts'
import type { Layer } from '../layers/layer.ts'
import { type Engine, useEngine } from '../tensor/engine/index.ts'
import type { Provided } from '../trace/provided.ts'
import { traceLayer } from '../trace/run.ts'

const { layer, given, provided, engine } = workerData as {
  layer: LayerName
  given: Record<string, unknown>
  provided: Provided
  engine: Engine
}
useEngine(engine)
const trace = traceLayer(layers[layer] as Layer, given, provided)
const buffers = new Set([...trace.steps, ...trace.parameters].map(({ values }) => values.buffer))
parentPort?.postMessage(trace, [...buffers] as ArrayBuffer[])
