// Training, one job after another: in a thread of its own, or in this one where there are none.
import type { TrainingJob, TrainingThread } from '../../../cli/training-thread.ts'
import { canCompute } from '../../../tensor/engine/index.ts'
import type { DataSource } from '../../../training/data/index.ts'
import { plainKernels } from '../../../training/gradients/plain.ts'
import { simdKernels } from '../../../training/gradients/simd/simd-kernels.ts'
import { experimentNamed } from '../../../training/index.ts'
import { modelNamed } from '../../../training/models.ts'
import {
  imageDrawer,
  type TrainingRun,
  trainModel,
} from '../../../training/optimisation/training-run.ts'

/** Trains here; nothing else happens meanwhile. */
export async function thisThread(source: DataSource): Promise<TrainingThread> {
  const trainer = createJobTrainer(source)
  return {
    async train(job, onProgress) {
      await new Promise(setImmediate) // let what else there is have its turn
      return trainer(job, onProgress)
    },
    stop() {},
  }
}

/** Trains jobs one after another, on one set of arrays. */
export function createJobTrainer(
  source: DataSource,
): (job: TrainingJob, onProgress: (share: number) => void) => TrainingRun {
  const kernels = canCompute() ? simdKernels() : plainKernels(Float32Array)
  const draw = imageDrawer(source)
  return (job, onProgress) => {
    const experiment = experimentNamed(job.experiment)
    const model = modelNamed(job.model)
    const images = draw(experiment, model, job.seed)
    return trainModel(experiment, model, job.seed, images, kernels, (done, steps) =>
      onProgress(done / steps),
    )
  }
}
