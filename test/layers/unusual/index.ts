// Layers that are registered in tests alone: each breaks what one might take for granted of a layer.
import type { Layer } from '../../../src/layers/layer.ts'
import { gated } from './gated.ts'
import { rectified } from './rectified.ts'
import { summed } from './summed.ts'

export const unusual: Readonly<Record<string, Layer>> = { rectified, gated, summed }
