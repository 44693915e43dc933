// A thread that trains the jobs it is sent, one after another.
import { parentPort, workerData } from 'node:worker_threads'
import type { Job } from '../cli/training-thread.ts'
import { createTrainer } from '../commands/experiment/running/threads.ts'
import type { Source } from '../training/data/index.ts'
import type { Message } from './trainer-thread.ts'

const train = createTrainer(workerData as Source)
const send = (message: Message) => parentPort?.postMessage(message)
parentPort?.on('message', (job: Job) => {
  send({ run: train(job, (share) => send({ share })) })
})
