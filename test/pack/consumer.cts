// The same from CommonJS: by import, and by require under a name.
import convlab = require('convlab')

import { runLayer, type Trace, UsageError } from 'convlab'

const trace: Trace = runLayer('dynamic', { kernels: 4, batch: 2, padding: 'same', seed: 7n })
const draws: Float32Array = convlab.manualSeed(0).randn(4)
const again: Float32Array = convlab.prepareForward(trace)(convlab.manualSeed(1).randn(6144)).data

// @ts-expect-error: no layer has that name
const unknownLayer = () => convlab.runLayer('dynamical')

const error: unknown = undefined
if (error instanceof convlab.UsageError) console.log(error.text.zh, error instanceof UsageError)
console.log(trace.steps.length, draws, again, unknownLayer)
