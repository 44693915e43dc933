// A thread that trains the jobs it is sent, one after another.
import { parentPort, workerData } from 'node:worker_threads'
import type { Source } from '../../experiments/data/index.ts'
import type { Job } from './jobs.ts'
import { createTrainer, type Message } from './threads.ts'

const train = createTrainer(workerData as Source)
const send = (message: Message) => parentPort?.postMessage(message)
parentPort?.on('message', (job: Job) => {
  send({ run: train(job, (share) => send({ share })) })
})
