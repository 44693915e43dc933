// A thread that trains the jobs it is sent, one after another.
import { parentPort, workerData } from 'node:worker_threads'
import type { TrainingJob } from '../cli/training-thread.ts'
import { createJobTrainer } from '../commands/experiment/running/threads.ts'
import type { DataSource } from '../training/data/index.ts'
import type { TrainerMessage } from './trainer-thread.ts'

const train = createJobTrainer(workerData as DataSource)
const send = (message: TrainerMessage) => parentPort?.postMessage(message)
parentPort?.on('message', (job: TrainingJob) => {
  send({ run: train(job, (share) => send({ share })) })
})
