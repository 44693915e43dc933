// A worker of the pool, which computes parts of convolutions.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { serve } from '../tensor/engine/threads/worker-loop.ts'

const port = parentPort
if (port) serve(workerData as Int32Array, () => receiveMessageOnPort(port)?.message)
