// The claims, in the order that they are shown: of the layer, of programs, of performance, of papers.
import { say } from '../base/text.ts'
import { type Claim, type Measurement, type Topic, topics } from './claim.ts'
import { costClaims } from './cost-claims.ts'
import { figureClaims } from './figure-claims.ts'
import { folkloreClaims } from './folklore.ts'
import { kernelClaims } from './kernel.ts'
import { mixingClaims } from './mixing.ts'
import { performanceClaims } from './performance.ts'
import { programClaims } from './program-claims.ts'
import { type RecordedStudy, recordOf } from './record.ts'
import { studyCommand } from './studies.ts'

export const claims: readonly Claim[] = [
  ...kernelClaims,
  ...costClaims,
  ...mixingClaims,
  ...programClaims,
  ...folkloreClaims,
  ...performanceClaims,
  ...figureClaims,
]

/** A claim with all that its tests gave. */
export interface JudgedClaim extends Claim {
  /** arguments of `convlab` that run the test again */
  readonly command: string
  readonly findings: readonly Measurement[]
  /** where the figures come from, if they were not computed just now */
  readonly recorded?: RecordedStudy
}

export function judge(claim: Claim): JudgedClaim {
  const { evidence } = claim
  if (evidence.kind === 'computed')
    return { ...claim, command: evidence.command, findings: [evidence.measure()] }
  const recorded = recordOf(evidence.experiment)
  const findings = recorded ? evidence.measure() : [notYet]
  const models = findings.flatMap(({ answer }) => (answer ? [answer.a, answer.b] : []))
  const command = studyCommand(evidence.experiment, models)
  return { ...claim, command, findings, ...(recorded && { recorded }) }
}

const notYet: Measurement = {
  verdict: 'unclear',
  words: {
    en: say`Nothing is recorded yet: npm run claims trains it.`,
    zh: say`还没有记录：运行 npm run claims 来训练。`,
  },
}

export { type Topic, topics }
