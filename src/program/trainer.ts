// A thread that trains the jobs it is sent, one after another.
import { parentPort, workerData } from 'node:worker_threads'
import type { TrainingJob } from '../cli/training-thread.ts'
import { createTrainer, type Message } from '../commands/experiment/running/threads.ts'
import type { Source } from '../training/data/index.ts'

const train = createTrainer(workerData as Source)
const send = (message: Message) => parentPort?.postMessage(message)
parentPort?.on('message', (job: TrainingJob) => {
  send({ run: train(job, (share) => send({ share })) })
})
