// The mistakes, from those that raise to those that nobody notices. A new one is a file and a line.
import { articleView } from './article-view.ts'
import { batchAveragedAttention } from './batch-averaged-attention.ts'
import { expertScale } from './expert-scale.ts'
import { groupsNotMultiplied } from './groups-not-multiplied.ts'
import { inputSizeView } from './input-size-view.ts'
import { kernelsAreNotChannels } from './kernels-are-not-channels.ts'
import { namesOf } from './lab.ts'
import type { Demonstration, Mistake } from './mistake.ts'
import { paddingNotDynamics } from './padding-not-dynamics.ts'
import { setup } from './setup.ts'
import { sigmoidIsNotSoftmax } from './sigmoid-is-not-softmax.ts'
import { temperatureForgotten } from './temperature-forgotten.ts'
import { uniformAttention } from './uniform-attention.ts'
import { uninitialised } from './uninitialised.ts'
import { wrongBiasView } from './wrong-bias-view.ts'

export const mistakes: readonly Mistake[] = [
  articleView,
  groupsNotMultiplied,
  inputSizeView,
  wrongBiasView,
  uninitialised,
  batchAveragedAttention,
  uniformAttention,
  temperatureForgotten,
  kernelsAreNotChannels,
  paddingNotDynamics,
  sigmoidIsNotSoftmax,
  expertScale,
]

/** A mistake that was run: everything there is to show. */
export type ShownMistake = Mistake &
  Demonstration & {
    /** the tensors that its code begins with */
    readonly names: ReturnType<typeof namesOf>
    /** Python that makes them */
    readonly setup: string
  }

export function show(mistake: Mistake): ShownMistake {
  const { given } = mistake
  return { ...mistake, ...mistake.demonstrate(), names: namesOf(given), setup: setup(given) }
}
