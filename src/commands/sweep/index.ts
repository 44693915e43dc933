// The sweeps by name. A new one is a file and a line here.
import { batchSweep } from './batch.ts'
import { kernelsSweep } from './kernels.ts'
import { scheduleSweep } from './schedule.ts'
import type { Sweep } from './sweep.ts'
import { temperatureSweep } from './temperature.ts'

export const sweeps: Readonly<Record<string, Sweep>> = {
  temperature: temperatureSweep,
  kernels: kernelsSweep,
  batch: batchSweep,
  schedule: scheduleSweep,
}
