// A thread that computes parts of convolutions.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { serve } from '../tensor/engine/threads/member.ts'

const port = parentPort
if (port) serve(workerData as Int32Array, () => receiveMessageOnPort(port)?.message)
